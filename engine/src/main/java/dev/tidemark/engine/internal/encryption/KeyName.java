package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.internal.segment.ContentHash;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a key file.
 *
 * @param identity the id of the identity in the file
 * @param nonce 16 random hex digits, so that two devices never write the same file. Files that are written together
 *     have the same nonce.
 * @param hash the hash of the file (see {@link ContentHash}), which distinguishes a damaged file from a wrong
 *     passphrase
 * @param lock the kind of secret that opens the file
 */
public record KeyName(String identity, String nonce, String hash, Lock lock) implements Comparable<KeyName> {
    /** The folder of key files. */
    public static final String FOLDER = "v1/keys/";

    private static final Pattern FORM =
            Pattern.compile("v1/keys/([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{32})\\.(passphrase|recovery)\\.age");
    private static final int NONCE_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The kind of secret that opens a key file. */
    public enum Lock {
        PASSPHRASE,
        RECOVERY
    }

    /** Returns a nonce for files that are written together. */
    static String freshNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    /** Returns whether one secret of this kind opens all identities in the key files. */
    public static boolean oneSecretOpensAll(Collection<KeyName> names, Lock lock) {
        Set<String> identities = names.stream().map(KeyName::identity).collect(Collectors.toSet());
        Map<String, Set<String>> sealed = names.stream()
                .filter(name -> name.lock() == lock)
                .collect(Collectors.groupingBy(
                        KeyName::nonce, Collectors.mapping(KeyName::identity, Collectors.toSet())));
        return sealed.containsValue(identities);
    }

    /** Parses a name; empty if it does not have the form. */
    public static Optional<KeyName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Lock lock = Lock.valueOf(matcher.group(4).toUpperCase(Locale.ROOT));
        return Optional.of(new KeyName(matcher.group(1), matcher.group(2), matcher.group(3), lock));
    }

    /** Returns whether the bytes match the hash. */
    public boolean isOf(byte[] sealed) {
        return hash.equals(ContentHash.of(sealed));
    }

    @Override
    public int compareTo(KeyName other) {
        return toString().compareTo(other.toString());
    }

    /** Returns the name of the object in the storage. */
    @Override
    public String toString() {
        return FOLDER + identity + "-" + nonce + "-" + hash + "." + lock.name().toLowerCase(Locale.ROOT) + ".age";
    }
}
