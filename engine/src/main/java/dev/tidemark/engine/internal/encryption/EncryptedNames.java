package dev.tidemark.engine.internal.encryption;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps object names to their names in an encrypted storage, {@code <name>.<tag>.age}. The tag identifies the identity
 * that opens the file. Content hashes in names are encrypted (see {@link Sealer}), so that an attacker cannot verify
 * a guess of the content (decision 22).
 */
final class EncryptedNames {
    /** The folder of library files. */
    static final String LIBRARY_FILES = "v1/library/";

    private static final String ENDING = ".age";
    private static final Pattern SEALED = Pattern.compile("(.+)\\.([0-9a-f]{8})\\.age");

    /** A hash in the last part of a name, without a letter or digit next to it. */
    private static final Pattern HASH =
            Pattern.compile("(?<![a-z0-9])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![a-z0-9])(?=[^/]*$)");

    /** Matches a hash, or the beginning of one, in a prefix of a name. */
    private static final Pattern HASH_START = Pattern.compile("(?<![a-z0-9])[0-9a-f]+(?:$|(?=[^/a-z0-9][^/]*$))");

    private EncryptedNames() {}

    /** The parts of a name in an encrypted storage. */
    record ParsedName(String body, String tag) {}

    /**
     * Returns whether files of this name stay unencrypted. Devices must read these files before they can decrypt other
     * files.
     */
    static boolean isPlain(String name) {
        return name.startsWith(LIBRARY_FILES) || name.startsWith(KeyName.FOLDER);
    }

    static Optional<ParsedName> parse(String name) {
        Matcher matcher = SEALED.matcher(name);
        return matcher.matches() ? Optional.of(new ParsedName(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    static String write(String body, String tag) {
        return body + "." + tag + ENDING;
    }

    /** Returns the name with each hash replaced by the result of the function. */
    static String replaceHashes(String name, java.util.function.UnaryOperator<String> hash) {
        return HASH.matcher(name).replaceAll(found -> hash.apply(found.group()));
    }

    /** Returns the part of a prefix before the first hash. Encryption leaves that part unchanged. */
    static String sharedStart(String start) {
        Matcher matcher = HASH_START.matcher(start);
        return matcher.find() ? start.substring(0, matcher.start()) : start;
    }
}
