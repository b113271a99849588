package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.internal.codec.ChangeSize;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tracked row in a snapshot. It may be shown, hidden, deleted, or of a table that this program does not know.
 *
 * @param writes the winning write of each cell, and the latest delete
 * @param siblings the losing versions that no other write has seen
 * @param values the value of each column that a winning write set
 */
public record SnapshotRow(
        String table,
        UUID id,
        List<WinningWrite> writes,
        List<SiblingWrite> siblings,
        Map<String, @Nullable Object> values) {

    /** The approximate number of bytes of a row or a write without its values. */
    private static final int BASE = 40;

    /** Returns the approximate number of bytes that the row takes before compression. */
    public long size() {
        long size = BASE * (1L + writes.size() + siblings.size());
        for (@Nullable Object value : values.values()) {
            size += ChangeSize.ofValue(value);
        }
        for (SiblingWrite sibling : siblings) {
            size += ChangeSize.ofValue(sibling.value());
        }
        return size;
    }

    /**
     * The winning write of some columns, or the row's latest delete.
     *
     * @param hlcTime the clock value of the write's HLC timestamp
     * @param clockOffset milliseconds of the timestamp minus the writer's wall time
     * @param seen for an edit, whether a delete has seen it; for a delete, whether an edit has seen it
     * @param exists whether it is the winning write of the row's existence mark
     */
    public record WinningWrite(
            Dot dot,
            long hlcTime,
            long clockOffset,
            boolean delete,
            boolean seen,
            boolean exists,
            List<String> columns) {

        /** Returns the writer's wall time in milliseconds since 1970. */
        public long wallMillis() {
            return (hlcTime >>> HlcTimestamp.COUNTER_BITS) - clockOffset;
        }
    }

    /**
     * A losing write that no other write has seen.
     *
     * @param hlcTime the clock value of the write's HLC timestamp
     * @param clockOffset milliseconds of the timestamp minus the writer's wall time
     * @param context the write's causal context; {@code null} if it is no longer known
     * @param value the value, if the write set a column
     */
    public record SiblingWrite(
            Register register,
            String column,
            Dot dot,
            long hlcTime,
            long clockOffset,
            @Nullable CausalContext context,
            @Nullable Object value) {}

    /** The parts of a row that a write may set. Files contain the codes. */
    public enum Register {
        DELETE(-1),
        EXISTENCE(0),
        COLUMN(1);

        private final int code;

        Register(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
