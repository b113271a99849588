package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.history.HiddenRow.Reason;
import java.util.List;

/** Converts reasons to their codes in {@code tm_hidden}, and codes to reasons. */
public final class HiddenReasons {
    /** The index of a reason is its stored code, so the order never changes. */
    private static final List<Reason> CODES = List.of(
            Reason.PARENT, Reason.UNIQUE_CONFLICT, Reason.INCOMPLETE, Reason.REFUSED, Reason.TOMBSTONE_COLLECTED);

    private HiddenReasons() {}

    static int code(Reason reason) {
        return CODES.indexOf(reason);
    }

    public static Reason of(int code) {
        return CODES.get(code);
    }
}
