package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.Problem;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which sealed identities which passphrases did not open, and which are damaged, in memory. A name has the hash of its file, so
 * that a passphrase does not open it stays true; a damaged one may be put again. Passphrases are stored as HMACs under a key that
 * this process forgets. Thread-safe.
 */
final class FailedKeys {
    private static final int MAX = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<String, Boolean> failed = new Remembered<>();
    private final Map<KeyName, Problem> damaged = new Remembered<>();

    /** The youngest entries. */
    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MAX;
        }
    }

    FailedKeys() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    synchronized boolean contains(byte[] passphrase, KeyName name) {
        return failed.containsKey(entry(passphrase, name));
    }

    synchronized void add(byte[] passphrase, KeyName name) {
        failed.put(entry(passphrase, name), true);
    }

    synchronized void addDamaged(KeyName name, Problem reason) {
        damaged.remove(name);
        damaged.put(name, reason);
    }

    /** Those found damaged, with the reason; the one read longest ago first. */
    synchronized Map<KeyName, Problem> damaged() {
        return new LinkedHashMap<>(damaged);
    }

    private String entry(byte[] passphrase, KeyName name) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(passphrase)) + name;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
