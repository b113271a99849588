package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a segment, change by change, with the changes that this device holds under the same numbers. */
final class SegmentComparison {
    private final Changelog local;

    SegmentComparison(Changelog local) {
        this.local = local;
    }

    /**
     * The number of the first change that differs from this device's; {@link Long#MAX_VALUE} if it equals all changes
     * that this device holds. Changes that log truncation has dropped count as equal: all replicas had acknowledged
     * them.
     */
    long firstDifference(SegmentName name, SegmentReader theirs) {
        ReplicaId replica = name.replica();
        long before = Math.max(name.first() - 1, local.floor().get(replica));
        long held = local.vector().get(replica);
        Deque<Change> ours = new ArrayDeque<>();
        try (Batch.Reader reader =
                local.read(local.vector().with(replica, Math.min(before, held)), Batch.Limit.DEFAULT)) {
            for (Change change = theirs.next(); change != null; change = theirs.next()) {
                long sequence = change.dot().sequence();
                if (sequence <= before) {
                    continue;
                }
                if (sequence > held) {
                    break;
                }
                Change own = nextOf(replica, reader, ours);
                if (own == null || !isSame(change, own)) {
                    return sequence;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private static @Nullable Change nextOf(ReplicaId replica, Batch.Reader reader, Deque<Change> waiting) {
        while (waiting.isEmpty()) {
            Batch batch = reader.next();
            if (batch == null) {
                return null;
            }
            batch.changes().stream()
                    .filter(change -> change.dot().replica().equals(replica))
                    .forEach(waiting::add);
        }
        return waiting.poll();
    }

    /** Whether a segment holds all changes of another one, with the same contents. */
    static boolean repeats(SegmentReader whole, SegmentReader part) {
        Change candidate = whole.next();
        for (Change change = part.next(); change != null; change = part.next()) {
            while (candidate != null
                    && candidate.dot().sequence() < change.dot().sequence()) {
                candidate = whole.next();
            }
            if (candidate == null || !isSame(change, candidate)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both are the same change. Compares digests if the values of one were erased. */
    static boolean isSame(Change one, Change other) {
        if (one.kind() == Change.Kind.ERASED || other.kind() == Change.Kind.ERASED) {
            return one.dot().equals(other.dot()) && new ChainDigest().areEqual(one, other);
        }
        return one.dot().equals(other.dot())
                && one.transaction() == other.transaction()
                && one.context().equals(other.context())
                && isSameWrite(one, other);
    }

    /**
     * Whether one change may be the other one, re-issued under a new id. Compares digests if the values of one were
     * erased. If the values of both were, only times and rows are left to compare.
     */
    static boolean isSameWrite(Change one, Change other) {
        boolean isSameRow = one.hlcTime() == other.hlcTime()
                && one.wallMillis() == other.wallMillis()
                && one.table().equals(other.table())
                && one.row().equals(other.row());
        if (!isSameRow || one.kind() == Change.Kind.ERASED) {
            return isSameRow && (other.kind() == Change.Kind.ERASED || isErasedFrom(one, other));
        }
        if (other.kind() == Change.Kind.ERASED) {
            return isErasedFrom(other, one);
        }
        return one.kind() == other.kind()
                && one.values().keySet().equals(other.values().keySet())
                && one.values().entrySet().stream()
                        .allMatch(value -> Objects.deepEquals(
                                value.getValue(), other.values().get(value.getKey())));
    }

    /** The digest covers the context and the place in the transaction, which differ between a change and its copy. */
    private static boolean isErasedFrom(Change erased, Change whole) {
        return new ChainDigest()
                .areEqual(
                        erased,
                        new Change(
                                erased.dot(),
                                erased.transaction(),
                                whole.hlcTime(),
                                whole.wallMillis(),
                                erased.context(),
                                whole.kind(),
                                whole.table(),
                                whole.row(),
                                whole.values()));
    }
}
