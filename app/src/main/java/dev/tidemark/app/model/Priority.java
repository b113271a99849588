package dev.tidemark.app.model;

import java.util.Arrays;
import java.util.Locale;

/** How much an item matters, in rising order. Stored as its number, from 0 to 3. */
public enum Priority {
    /** Nothing was said. */
    NONE(0),
    LOW(1),
    MEDIUM(2),
    HIGH(3);

    private final int stored;

    Priority(int stored) {
        this.stored = stored;
    }

    /** The database's form. */
    int stored() {
        return stored;
    }

    /** The name in commands and JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #text} gives, in any case.
     *
     * @throws ProblemException if there is none of this name
     */
    public static Priority parse(String text) {
        return Arrays.stream(values())
                .filter(priority -> priority.text().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ProblemException("priority.unknown", text));
    }

    /** Reads the database's form; what a later version may know beyond {@link #HIGH} counts as high. */
    public static Priority ofStored(long number) {
        return Arrays.stream(values())
                .filter(priority -> priority.stored == number)
                .findFirst()
                .orElse(number > HIGH.stored ? HIGH : NONE);
    }
}
