package dev.tidemark.app.format;

import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;

/** Says how much something matters. */
public final class PriorityFormat {
    private PriorityFormat() {}

    /** The key of the words for what a conflict holds. */
    public static String keyOfStored(long number) {
        return key(Priority.ofStored(number));
    }

    /** The key of the word for one that was set, beside its icon. */
    public static String shortKey(Priority priority) {
        return switch (priority) {
            case NONE -> Keys.PRIORITY_NONE;
            case LOW -> Keys.PRIORITY_SHORT_LOW;
            case MEDIUM -> Keys.PRIORITY_SHORT_MEDIUM;
            case HIGH -> Keys.PRIORITY_SHORT_HIGH;
        };
    }

    /** The key of the words for it. */
    public static String key(Priority priority) {
        return switch (priority) {
            case NONE -> Keys.PRIORITY_NONE;
            case LOW -> Keys.PRIORITY_LOW;
            case MEDIUM -> Keys.PRIORITY_MEDIUM;
            case HIGH -> Keys.PRIORITY_HIGH;
        };
    }
}
