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
 * A tracked row in a snapshot: shown, hidden, deleted, or of a table that this program does not know.
 *
 * @param writes the writes that some cell holds, each cell by one of them, and the latest delete
 * @param siblings the open writes beside those
 * @param values the value of each column that a write holds
 */
public record SnapshotRow(
        String table,
        UUID id,
        List<WinningWrite> writes,
        List<SiblingWrite> siblings,
        Map<String, @Nullable Object> values) {

    /** About how many bytes a row or a write takes beside its values. */
    private static final int BASE = 40;

    /** About how many bytes it takes before compression. */
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
     * A write that some cells hold, or the row's latest delete.
     *
     * @param hlcTime the clock value of its HLC timestamp
     * @param clockOffset milliseconds of the timestamp minus the writer's wall time
     * @param seen whether a delete has seen it; of a delete, whether an edit has
     */
    public record WinningWrite(
            Dot dot,
            long hlcTime,
            long clockOffset,
            boolean delete,
            boolean seen,
            boolean exists,
            List<String> columns) {

        /** Milliseconds since 1970 on the writer's clock. */
        public long wallMillis() {
            return (hlcTime >>> HlcTimestamp.COUNTER_BITS) - clockOffset;
        }
    }

    /**
     * A write that did not win and that no other write has seen.
     *
     * @param hlcTime the clock value of its HLC timestamp
     * @param clockOffset milliseconds of the timestamp minus the writer's wall time
     * @param context its causal context; {@code null} if that is not known any more
     * @param value the value, if it wrote a column
     */
    public record SiblingWrite(
            Register register,
            String column,
            Dot dot,
            long hlcTime,
            long clockOffset,
            @Nullable CausalContext context,
            @Nullable Object value) {}

    /** The parts of a row that a write may set; files contain the codes. */
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
