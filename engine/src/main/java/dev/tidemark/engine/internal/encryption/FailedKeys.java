package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.problem.Problem;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers in memory which key files a passphrase did not open, and which key files are damaged. The name of a key
 * file contains its hash, so an attempt that failed is not repeated. A damaged file is tried again, because it may have
 * been uploaded again. Passphrases are remembered as HMACs under a random key of this process. Thread-safe.
 */
final class FailedKeys {
    private static final int MAX = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<String, Boolean> failed = new Remembered<>();
    private final Map<KeyName, Problem> damaged = new Remembered<>();

    /** A map that drops its oldest entries. */
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

    /**
     * Returns the damaged key files, each with the reason. The file that was found damaged longest ago is the first.
     */
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
