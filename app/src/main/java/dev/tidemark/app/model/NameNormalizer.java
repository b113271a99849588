package dev.tidemark.app.model;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings names into the one form that is stored, so that equal names are equal text on every device. */
final class NameNormalizer {
    private static final Pattern MARKS = Pattern.compile("^[#\\s]+");
    private static final Pattern BREAKS = Pattern.compile("\\R");

    /** Control characters, those that turn the direction of writing, and what Windows does not allow. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}<>:\"|?*]|^(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\\.|$)");

    /** Windows takes away points and blanks at the end; invisible characters there would hide which kind of file it is. */
    private static final Pattern END = Pattern.compile("(?<![\\p{Cc}\\p{Cf}\\p{Z}.])[\\p{Cc}\\p{Cf}\\p{Z}.]++$");

    private static final Pattern START = Pattern.compile("^[\\p{Cc}\\p{Cf}\\p{Z}]+");

    /** In UTF-8, no file system takes more than 255 bytes. */
    private static final int LONGEST_FILE = 60;

    private NameNormalizer() {}

    /** A title: one line, otherwise as it was typed. */
    static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }

    /**
     * A tag without the {@code #} that it may be typed with.
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

    /** Whether {@link #tag} takes it; a tag from another device may have any name. */
    static boolean isTag(String text) {
        return !withoutMarks(text).isEmpty();
    }

    /** Whether {@link #list} takes it; a list from another device may have any name. */
    static boolean isList(String text) {
        return !clean(text).isEmpty();
    }

    /**
     * A list's name.
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

    /**
     * The name of a file, without folders, and without what makes trouble on any system: whoever attached it, it can be saved
     * under this name on each.
     */
    static String file(String text) {
        String last = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll(".*[/\\\\]", "");
        // A name of points alone is a folder.
        String bare = END.matcher(START.matcher(last).replaceFirst("")).replaceFirst("");
        String name = HARMFUL.matcher(bare).replaceAll("_");
        return shortened(name.isEmpty() ? "file" : name);
    }

    private static String shortened(String name) {
        int characters = name.codePointCount(0, name.length());
        if (characters <= LONGEST_FILE) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        int kept = LONGEST_FILE - ending.codePointCount(0, ending.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)) + ending;
    }

    private static String clean(String text) {
        return Normalizer.normalize(line(text), Normalizer.Form.NFC).strip();
    }
}
