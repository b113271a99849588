package dev.tidemark.engine.internal.problem;

import java.util.regex.Pattern;

/**
 * What somebody else reported, in his own words, as a sentence that can end one of ours: one line of at most {@value #LONGEST}
 * characters, without those that control a terminal or turn text. A server may send whatever it likes.
 */
public final class ErrorText {
    private static final int LONGEST = 300;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

    private ErrorText() {}

    /** What the exception says; its class if it says nothing. */
    public static String of(Throwable exception) {
        String message = exception.getMessage();
        return text(message == null || message.isBlank() ? exception.getClass().getSimpleName() : message);
    }

    /** The text, with a point at its end. */
    public static String text(String said) {
        String text = sanitize(said);
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    /** The text as a part of a sentence. */
    public static String sanitize(String said) {
        return sanitize(said, LONGEST);
    }

    /** The text as a part of a sentence, with at most so many characters. */
    public static String sanitize(String said, int longest) {
        boolean isCut = said.length() > longest;
        String head = isCut ? said.substring(0, longest) : said;
        String words = BETWEEN_WORDS.matcher(head).replaceAll(" ").strip();
        return isCut ? words + "…" : words;
    }
}
