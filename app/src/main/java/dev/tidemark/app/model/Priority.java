package dev.tidemark.app.model;

import java.util.Arrays;
import java.util.Locale;

/** The priority of an item, in ascending order. Stored as a number from 0 to 3. */
public enum Priority {
    NONE(0),
    LOW(1),
    MEDIUM(2),
    HIGH(3);

    private final int stored;

    Priority(int stored) {
        this.stored = stored;
    }

    int stored() {
        return stored;
    }

    /** Returns the priority's name in commands and JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as {@link #text} returns it, in upper or lower case.
     *
     * @throws ProblemException if there is no such priority
     */
    public static Priority parse(String text) {
        return Arrays.stream(values())
                .filter(priority -> priority.text().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ProblemException("priority.unknown", text));
    }

    /** Reads the stored form. A higher number, which a later version may write, counts as {@link #HIGH}. */
    public static Priority ofStored(long number) {
        return Arrays.stream(values())
                .filter(priority -> priority.stored == number)
                .findFirst()
                .orElse(number > HIGH.stored ? HIGH : NONE);
    }
}
