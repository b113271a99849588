package dev.tidemark.engine.internal.encryption;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How names are written in an encrypted storage: {@code <name>.<tag>.age}, where the tag says which identity opens the file.
 * Hashes of content in a name are exchanged for others (see {@link Sealer}): who guesses a content cannot check the guess.
 */
final class EncryptedNames {
    /** Where library files lie. */
    static final String LIBRARY_FILES = "v1/library/";

    private static final String ENDING = ".age";
    private static final Pattern SEALED = Pattern.compile("(.+)\\.([0-9a-f]{8})\\.age");

    /** A hash stands in the last part of a name, and neither letter nor digit beside it. */
    private static final Pattern HASH =
            Pattern.compile("(?<![a-z0-9])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![a-z0-9])(?=[^/]*$)");

    /** Where a hash, or the beginning of one, may start in the beginning of a name. */
    private static final Pattern HASH_START = Pattern.compile("(?<![a-z0-9])[0-9a-f]+(?:$|(?=[^/a-z0-9][^/]*$))");

    private EncryptedNames() {}

    /** What a name says of itself. */
    record ParsedName(String body, String tag) {}

    /** Whether files of this name are not encrypted, since they are what encryption begins with. */
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

    /** The name with each hash exchanged. */
    static String replaceHashes(String name, java.util.function.UnaryOperator<String> hash) {
        return HASH.matcher(name).replaceAll(found -> hash.apply(found.group()));
    }

    /** The part of a beginning of names, or of a name to list after, that is the same in the storage. */
    static String sharedStart(String start) {
        Matcher matcher = HASH_START.matcher(start);
        return matcher.find() ? start.substring(0, matcher.start()) : start;
    }
}
