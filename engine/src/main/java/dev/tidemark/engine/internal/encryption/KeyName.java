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
 * The name of a sealed identity.
 *
 * @param identity what names the identity
 * @param nonce 16 hex digits, so that two devices never write the same file; the same for what was sealed together
 * @param hash of the file (see {@link ContentHash}), so that a damaged one is told from a wrong passphrase
 * @param lock what opens it
 */
public record KeyName(String identity, String nonce, String hash, Lock lock) implements Comparable<KeyName> {
    /** Where they are. */
    public static final String FOLDER = "v1/keys/";

    private static final Pattern FORM =
            Pattern.compile("v1/keys/([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{32})\\.(passphrase|recovery)\\.age");
    private static final int NONCE_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What opens a sealed identity. */
    public enum Lock {
        /** The passphrase. */
        PASSPHRASE,
        /** The recovery code. */
        RECOVERY
    }

    /** For what is sealed with one secret at one time. */
    static String freshNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    /** Whether one recovery code, or one passphrase, opens every identity among these. */
    public static boolean isOneForAll(Collection<KeyName> names, Lock lock) {
        Set<String> identities = names.stream().map(KeyName::identity).collect(Collectors.toSet());
        Map<String, Set<String>> sealed = names.stream()
                .filter(name -> name.lock() == lock)
                .collect(Collectors.groupingBy(
                        KeyName::nonce, Collectors.mapping(KeyName::identity, Collectors.toSet())));
        return sealed.containsValue(identities);
    }

    /** The name in these characters, if they have its form. */
    public static Optional<KeyName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Lock lock = Lock.valueOf(matcher.group(4).toUpperCase(Locale.ROOT));
        return Optional.of(new KeyName(matcher.group(1), matcher.group(2), matcher.group(3), lock));
    }

    /** Whether this is the whole file, as it was put. */
    public boolean isOf(byte[] sealed) {
        return hash.equals(ContentHash.of(sealed));
    }

    @Override
    public int compareTo(KeyName other) {
        return toString().compareTo(other.toString());
    }

    /** The name of the object in the storage. */
    @Override
    public String toString() {
        return FOLDER + identity + "-" + nonce + "-" + hash + "." + lock.name().toLowerCase(Locale.ROOT) + ".age";
    }
}
