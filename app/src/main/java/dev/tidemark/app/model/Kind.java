package dev.tidemark.app.model;

import java.util.Locale;

/** What an item is. */
public enum Kind {
    /** Something to be ticked off. */
    TODO,
    /** Something to be kept. */
    NOTE;

    /** The form in the database and in JSON: {@code todo} or {@code note}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the database's form; a kind that only a later version knows counts as a todo. */
    static Kind ofStored(String text) {
        return text.equals("note") ? NOTE : TODO;
    }

    /**
     * Reads what a person or a file gave.
     *
     * @throws ProblemException if it is neither kind
     */
    public static Kind parse(String text) {
        return switch (text) {
            case "todo" -> TODO;
            case "note" -> NOTE;
            default -> throw new ProblemException("kind.bad", text);
        };
    }
}
