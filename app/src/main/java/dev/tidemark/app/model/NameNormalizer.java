package dev.tidemark.app.model;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Normalises names, so that equal names are the same text on every device. */
final class NameNormalizer {
    private static final Pattern MARKS = Pattern.compile("^[#\\s]+");
    private static final Pattern BREAKS = Pattern.compile("\\R");

    /** Matches control and direction characters, and names and characters that Windows does not allow. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}<>:\"|?*]|^(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\\.|$)");

    /**
     * Matches trailing dots, spaces and invisible characters. Windows strips dots and spaces, and invisible characters
     * would hide the file type.
     */
    private static final Pattern END = Pattern.compile("(?<![\\p{Cc}\\p{Cf}\\p{Z}.])[\\p{Cc}\\p{Cf}\\p{Z}.]++$");

    private static final Pattern START = Pattern.compile("^[\\p{Cc}\\p{Cf}\\p{Z}]+");

    /** The maximal length of a file name in characters. File systems limit a name to 255 bytes of UTF-8. */
    private static final int MAX_FILE_NAME = 60;

    private NameNormalizer() {}

    /** Returns a title, in which line breaks become spaces. */
    static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }

    /**
     * Returns a tag without a leading {@code #}.
     *
     * @throws ProblemException if nothing is left
     */
    static String tag(String text) {
        String name = withoutMarks(text);
        if (name.isEmpty()) {
            throw new ProblemException("tag.empty");
        }
        return name;
    }

    private static String withoutMarks(String text) {
        return MARKS.matcher(clean(text)).replaceFirst("");
    }

    /** Whether {@link #tag} accepts the name. A tag from another device may have any name. */
    static boolean isTag(String text) {
        return !withoutMarks(text).isEmpty();
    }

    /** Whether {@link #list} accepts the name. A list from another device may have any name. */
    static boolean isList(String text) {
        return !clean(text).isEmpty();
    }

    /**
     * Returns a list's name.
     *
     * @throws ProblemException if nothing is left
     */
    static String list(String text) {
        String name = clean(text);
        if (name.isEmpty()) {
            throw new ProblemException("list.empty");
        }
        return name;
    }

    /** Returns a file name without folders and without anything that an operating system rejects. */
    static String file(String text) {
        String last = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll(".*[/\\\\]", "");
        // A name that consists only of dots is a folder.
        String bare = END.matcher(START.matcher(last).replaceFirst("")).replaceFirst("");
        String name = HARMFUL.matcher(bare).replaceAll("_");
        return shortened(name.isEmpty() ? "file" : name);
    }

    private static String shortened(String name) {
        int characters = name.codePointCount(0, name.length());
        if (characters <= MAX_FILE_NAME) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        int length = MAX_FILE_NAME - ending.codePointCount(0, ending.length());
        return name.substring(0, name.offsetByCodePoints(0, length)) + ending;
    }

    static String clean(String text) {
        return Normalizer.normalize(line(text), Normalizer.Form.NFC).strip();
    }
}
