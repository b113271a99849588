package dev.tidemark.engine.internal.problem;

/** What somebody else reported, in his own words, as a sentence that can end one of ours. */
public final class Said {
    private Said() {}

    /** What the exception says; its class if it says nothing. */
    public static String by(Throwable exception) {
        String message = exception.getMessage();
        return text(message == null || message.isBlank() ? exception.getClass().getSimpleName() : message);
    }

    /** The text, with a point at its end. */
    public static String text(String said) {
        String text = said.strip();
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
