package dev.tidemark.app.model;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings names into the one form that is stored, so that equal names are equal text on every device. */
final class Names {
    private static final Pattern MARKS = Pattern.compile("^[#\\s]+");
    private static final Pattern BREAKS = Pattern.compile("\\R");

    private Names() {}

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
        String name = MARKS.matcher(clean(text)).replaceFirst("");
        if (name.isEmpty()) {
            throw new ProblemException("tag.empty");
        }
        return name;
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

    private static String clean(String text) {
        return Normalizer.normalize(line(text), Normalizer.Form.NFC).strip();
    }
}
