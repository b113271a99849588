package dev.tidemark.engine.changelog;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query for changes, with their order. Begin with {@link #ALL} and add conditions. A change must meet all of them:
 *
 * <pre>{@code
 * ChangelogQuery.ALL.table("note").from(yesterday).newestFirst().limit(50)
 * }</pre>
 *
 * <p>Changes are ordered by timestamp: a change follows every change that its writer had seen, and of two writes to one
 * column of a row the later in this order wins. No two changes have the same timestamp. Changes of migrations come
 * before all changes of users. Immutable.
 */
public final class ChangelogQuery {
    /** All changes, oldest first. */
    public static final ChangelogQuery ALL = new ChangelogQuery(
            null, null, null, 0, 1, Long.MAX_VALUE, null, null, null, Integer.MAX_VALUE, false, Content.ANY);

    private final @Nullable String table;
    private final @Nullable UUID row;
    private final @Nullable ReplicaId replica;
    private final long transaction;
    private final long firstSequence;
    private final long lastSequence;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final @Nullable HlcTimestamp after;
    private final int limit;
    private final boolean isNewestFirst;
    private final Content content;

    /** The kinds and columns that a change must have one of; none means any. */
    private record Content(Set<Change.Kind> kinds, Set<String> columns) {
        static final Content ANY = new Content(Set.of(), Set.of());

        boolean matches(Change change) {
            return (kinds.isEmpty() || kinds.contains(change.kind()))
                    && (columns.isEmpty() || columns.stream().anyMatch(change.values()::containsKey));
        }
    }

    private ChangelogQuery(
            @Nullable String table,
            @Nullable UUID row,
            @Nullable ReplicaId replica,
            long transaction,
            long firstSequence,
            long lastSequence,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable HlcTimestamp after,
            int limit,
            boolean isNewestFirst,
            Content content) {
        if (firstSequence < 1 || lastSequence < 1 || limit < 1) {
            throw new IllegalArgumentException("Sequence numbers and limits are 1 or more");
        }
        this.table = table;
        this.row = row;
        this.replica = replica;
        this.transaction = transaction;
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.from = from;
        this.to = to;
        this.after = after;
        this.limit = limit;
        this.isNewestFirst = isNewestFirst;
        this.content = content;
    }

    /** Limits the query to changes of this table. */
    public ChangelogQuery table(String name) {
        return of(name, null, replica, from, to);
    }

    /** Limits the query to changes of this row. */
    public ChangelogQuery row(String ofTable, UUID id) {
        return of(Objects.requireNonNull(ofTable), Objects.requireNonNull(id), replica, from, to);
    }

    /** Limits the query to changes that this replica made. */
    public ChangelogQuery by(ReplicaId writer) {
        return of(table, row, writer, from, to);
    }

    /**
     * Limits the query to changes with sequence numbers from first to last, both included. They apply to every replica,
     * unless {@link #by} names one.
     */
    public ChangelogQuery sequences(long first, long last) {
        return new ChangelogQuery(
                table, row, replica, transaction, first, last, from, to, after, limit, isNewestFirst, content);
    }

    /**
     * Limits the query to changes of one transaction. The first change identifies the transaction; see {@link
     * Change#transaction}.
     */
    public ChangelogQuery transaction(Dot first) {
        return new ChangelogQuery(
                table,
                row,
                first.replica(),
                first.sequence(),
                firstSequence,
                lastSequence,
                from,
                to,
                after,
                limit,
                isNewestFirst,
                content);
    }

    /** Limits the query to changes of these kinds. Without arguments, it lists all kinds. */
    public ChangelogQuery kinds(Change.Kind... wanted) {
        return of(new Content(Set.of(wanted), content.columns));
    }

    /**
     * Changes that wrote at least one of these columns; none means all changes. A delete, an erased change and a
     * squashed one wrote none.
     */
    public ChangelogQuery columns(String... wanted) {
        return of(new Content(content.kinds, Set.of(wanted)));
    }

    private ChangelogQuery of(Content wanted) {
        return new ChangelogQuery(
                table,
                row,
                replica,
                transaction,
                firstSequence,
                lastSequence,
                from,
                to,
                after,
                limit,
                isNewestFirst,
                wanted);
    }

    /** Limits the query to changes made at this time or later, by the writer's wall clock. */
    public ChangelogQuery from(Instant earliest) {
        return of(table, row, replica, earliest, to);
    }

    /** Limits the query to changes made before this time, by the writer's wall clock. */
    public ChangelogQuery before(Instant end) {
        return of(table, row, replica, from, end);
    }

    /** Limits the query to changes that follow this one in the query's order. Use it to continue an earlier list. */
    public ChangelogQuery after(HlcTimestamp listed) {
        return new ChangelogQuery(
                table,
                row,
                replica,
                transaction,
                firstSequence,
                lastSequence,
                from,
                to,
                listed,
                limit,
                isNewestFirst,
                content);
    }

    /** Limits the query to this many changes. */
    public ChangelogQuery limit(int most) {
        return new ChangelogQuery(
                table,
                row,
                replica,
                transaction,
                firstSequence,
                lastSequence,
                from,
                to,
                after,
                most,
                isNewestFirst,
                content);
    }

    /** Lists the change with the greatest timestamp first. */
    public ChangelogQuery newestFirst() {
        return new ChangelogQuery(
                table, row, replica, transaction, firstSequence, lastSequence, from, to, after, limit, true, content);
    }

    /** Lists the change with the smallest timestamp first. */
    public ChangelogQuery oldestFirst() {
        return new ChangelogQuery(
                table, row, replica, transaction, firstSequence, lastSequence, from, to, after, limit, false, content);
    }

    private ChangelogQuery of(
            @Nullable String newTable,
            @Nullable UUID newRow,
            @Nullable ReplicaId newReplica,
            @Nullable Instant newFrom,
            @Nullable Instant newTo) {
        return new ChangelogQuery(
                newTable,
                newRow,
                newReplica,
                transaction,
                firstSequence,
                lastSequence,
                newFrom,
                newTo,
                after,
                limit,
                isNewestFirst,
                content);
    }

    /** Whether the change meets the conditions. The limit does not count. */
    public boolean matches(Change change) {
        return (table == null || table.equals(change.table()))
                && (row == null || row.equals(change.row()))
                && (replica == null || replica.equals(change.dot().replica()))
                && (transaction == 0 || transaction == change.transaction())
                && content.matches(change)
                && change.dot().sequence() >= firstSequence
                && change.dot().sequence() <= lastSequence
                && (from == null || change.wallMillis() >= ceiling(from))
                && (to == null || change.wallMillis() < ceiling(to))
                && (after == null || isNewestFirst == (change.timestamp().compareTo(after) < 0))
                && (after == null || !change.timestamp().equals(after));
    }

    /**
     * Returns the first millisecond that is not before the instant. Returns the least or greatest {@code long} if the
     * instant is out of range.
     */
    private static long ceiling(Instant instant) {
        if (instant.getEpochSecond() >= Long.MAX_VALUE / 1000 || instant.getEpochSecond() <= Long.MIN_VALUE / 1000) {
            return instant.getEpochSecond() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        long millis = instant.toEpochMilli();
        return instant.getNano() % 1_000_000 == 0 ? millis : millis + 1;
    }

    /** The kinds that the query asks for; empty for all. */
    public Set<Change.Kind> wantedKinds() {
        return content.kinds;
    }

    /** The columns of which a change must have one; empty for all. */
    public Set<String> wantedColumns() {
        return content.columns;
    }

    /** The first millisecond of the time range. */
    public long fromMillis() {
        return from == null ? Long.MIN_VALUE : ceiling(from);
    }

    /** The first millisecond after the time range, since 1970. */
    public long toMillis() {
        return to == null ? Long.MAX_VALUE : ceiling(to);
    }

    /** The table whose changes are listed; {@code null} for all. */
    public @Nullable String table() {
        return table;
    }

    /** The row whose changes are listed; {@code null} for all. */
    public @Nullable UUID row() {
        return row;
    }

    /** The replica whose changes are listed; {@code null} for all. */
    public @Nullable ReplicaId replica() {
        return replica;
    }

    /**
     * The sequence number of the first change of the transaction that is listed, made by {@link #replica}; 0 for all
     * transactions.
     */
    public long transaction() {
        return transaction;
    }

    /** The lowest sequence number; 1 for all. */
    public long firstSequence() {
        return firstSequence;
    }

    /** The highest sequence number; {@link Long#MAX_VALUE} for all. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The earliest time on the writer's wall clock; {@code null} for any. */
    public @Nullable Instant from() {
        return from;
    }

    /** The end of the time range on the writer's wall clock, itself not included; {@code null} for any. */
    public @Nullable Instant to() {
        return to;
    }

    /** The timestamp after which the query continues in its order; {@code null} for all. */
    public @Nullable HlcTimestamp after() {
        return after;
    }

    /** The maximum number of changes to list; {@link Integer#MAX_VALUE} for all. */
    public int limit() {
        return limit;
    }

    /** Whether the greatest timestamp comes first. */
    public boolean isNewestFirst() {
        return isNewestFirst;
    }
}
