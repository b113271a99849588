package dev.tidemark.engine.internal.problem;

import java.util.regex.Pattern;

/**
 * Converts an error text of another program or server for use at the end of our messages: one line of at most
 * {@value #MAX_LENGTH} characters, without characters that control a terminal or the direction of text.
 */
public final class ErrorText {
    private static final int MAX_LENGTH = 300;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

    private ErrorText() {}

    /** Returns the sanitised message of the exception, or the name of its class if it has no message. */
    public static String of(Throwable exception) {
        String message = exception.getMessage();
        return text(message == null || message.isBlank() ? exception.getClass().getSimpleName() : message);
    }

    /** Returns the sanitised text, with a full stop at its end if it does not end a sentence itself. */
    public static String text(String message) {
        String text = sanitize(message);
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    /** Returns the sanitised text, for use in the middle of a sentence. */
    public static String sanitize(String message) {
        return sanitize(message, MAX_LENGTH);
    }

    /** Returns the sanitised text, cut off after this many characters, for use in the middle of a sentence. */
    public static String sanitize(String message, int maxLength) {
        boolean isCut = message.length() > maxLength;
        String head = isCut ? message.substring(0, maxLength) : message;
        String words = BETWEEN_WORDS.matcher(head).replaceAll(" ").strip();
        return isCut ? words + "…" : words;
    }
}
