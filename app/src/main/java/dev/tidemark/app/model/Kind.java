package dev.tidemark.app.model;

import java.util.Locale;

/** The kind of an item. */
public enum Kind {
    /** An item that can be completed. */
    TODO,
    /** An item that cannot be completed. */
    NOTE;

    /** Returns the form in the database and in JSON, {@code todo} or {@code note}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the stored form. An unknown kind, which a later version may write, counts as a todo. */
    static Kind ofStored(String text) {
        return text.equals("note") ? NOTE : TODO;
    }

    /**
     * Reads user or file input.
     *
     * @throws ProblemException if the text is neither kind
     */
    public static Kind parse(String text) {
        return switch (text) {
            case "todo" -> TODO;
            case "note" -> NOTE;
            default -> throw new ProblemException("kind.bad", text);
        };
    }
}
