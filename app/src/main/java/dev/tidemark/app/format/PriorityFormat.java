package dev.tidemark.app.format;

import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;

/** Maps priorities to message keys. */
public final class PriorityFormat {
    private PriorityFormat() {}

    /** Returns the key of a priority, given the number that the database stores. */
    public static String keyOfStored(long number) {
        return key(Priority.ofStored(number));
    }

    /** Returns the key of the short name, which the window shows beside the icon. */
    public static String shortKey(Priority priority) {
        return switch (priority) {
            case NONE -> Keys.PRIORITY_NONE;
            case LOW -> Keys.PRIORITY_SHORT_LOW;
            case MEDIUM -> Keys.PRIORITY_SHORT_MEDIUM;
            case HIGH -> Keys.PRIORITY_SHORT_HIGH;
        };
    }

    public static String key(Priority priority) {
        return switch (priority) {
            case NONE -> Keys.PRIORITY_NONE;
            case LOW -> Keys.PRIORITY_LOW;
            case MEDIUM -> Keys.PRIORITY_MEDIUM;
            case HIGH -> Keys.PRIORITY_HIGH;
        };
    }
}
