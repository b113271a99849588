package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.history.HiddenRow.Reason;

/** The numbers that stand for reasons in {@code tm_hidden}. */
public final class HiddenReasons {
    private HiddenReasons() {}

    static int code(Reason reason) {
        return switch (reason) {
            case PARENT -> 0;
            case RIVAL -> 1;
            case INCOMPLETE -> 2;
            case REFUSED -> 3;
            case FORGOTTEN -> 4;
        };
    }

    /** The reason that a number stands for. */
    public static Reason of(int code) {
        return switch (code) {
            case 0 -> Reason.PARENT;
            case 1 -> Reason.RIVAL;
            case 2 -> Reason.INCOMPLETE;
            case 3 -> Reason.REFUSED;
            case 4 -> Reason.FORGOTTEN;
            default -> throw new IllegalStateException("No reason has the number " + code);
        };
    }
}
