package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.history.HiddenRow.Reason;

/** The codes of reasons in {@code tm_hidden}. */
public final class HiddenReasons {
    private HiddenReasons() {}

    static int code(Reason reason) {
        return switch (reason) {
            case PARENT -> 0;
            case UNIQUE_CONFLICT -> 1;
            case INCOMPLETE -> 2;
            case REFUSED -> 3;
            case TOMBSTONE_COLLECTED -> 4;
        };
    }

    public static Reason of(int code) {
        return switch (code) {
            case 0 -> Reason.PARENT;
            case 1 -> Reason.UNIQUE_CONFLICT;
            case 2 -> Reason.INCOMPLETE;
            case 3 -> Reason.REFUSED;
            case 4 -> Reason.TOMBSTONE_COLLECTED;
            default -> throw new IllegalStateException("No reason has the number " + code);
        };
    }
}
