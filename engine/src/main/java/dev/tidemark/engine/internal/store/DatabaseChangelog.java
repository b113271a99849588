package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.log.CausalDelivery;
import dev.tidemark.engine.internal.log.LogAccess;
import dev.tidemark.engine.internal.log.LogCounts;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogSearch;
import dev.tidemark.engine.internal.log.LogStatistics;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.LogFollower;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads, follows, and appends to the changelog of a database. Thread-safe; its readers are not. */
final class DatabaseChangelog implements LocalChangelog, AutoCloseable {
    private static final int PAGE = 1000;

    /** How many earlier changes of a row are read at once. */
    private static final int EARLIER = 20;

    private final SqliteDatabase database;
    private final ReadPool pool;
    private final Set<LogFollower> followers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    DatabaseChangelog(SqliteDatabase database, ReadPool pool) {
        this.database = database;
        this.pool = pool;
    }

    @Override
    public VersionVector vector() {
        return pool.inTransaction(reader -> reader.vector());
    }

    @Override
    public VersionVector floor() {
        return pool.query(statements -> floor(statements));
    }

    private static VersionVector floor(Statements statements) throws SQLException {
        Map<ReplicaId, Long> floors = new HashMap<>();
        statements.list(
                "SELECT id, floor FROM tm_replica WHERE floor > 0",
                row -> floors.put(new ReplicaId(row.getLong(1)), row.getLong(2)));
        return VersionVector.of(floors);
    }

    @Override
    public Changelog.AppendResult append(Batch batch) {
        return database.append(batch);
    }

    @Override
    public @Nullable Snapshot snapshotFor(VersionVector applied) {
        return applied.covers(floor()) ? null : database.snapshot();
    }

    @Override
    public Changelog.AppendResult installSnapshot(Snapshot snapshot) {
        return database.installSnapshot(snapshot);
    }

    @Override
    public Batch.Reader read(VersionVector after, Batch.Limit limit) {
        return new Reader(after, limit);
    }

    @Override
    public List<Change> list(ChangelogQuery query) {
        LogSearch search = new LogSearch(query);
        return List.copyOf(inLog(access -> search.next(access, query.limit())));
    }

    @Override
    public Stream<Change> stream(ChangelogQuery query) {
        LogSearch search = new LogSearch(query);
        return Stream.generate(() -> inLog(access -> search.next(access, PAGE)))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream)
                .limit(query.limit());
    }

    @Override
    public Map<String, @Nullable Object> valuesBefore(Change change) {
        Map<String, @Nullable Object> before = new HashMap<>();
        boolean isDelete = change.kind() == Change.Kind.DELETE;
        if (change.kind() == Change.Kind.SCHEMA || change.kind() == Change.Kind.ERASED) {
            return before;
        }
        ChangelogQuery earlier = ChangelogQuery.ALL
                .row(change.table(), change.row())
                .newestFirst()
                .limit(EARLIER);
        HlcTimestamp from = change.timestamp();
        List<Change> page = list(earlier.after(from));
        while (!page.isEmpty()) {
            for (Change each : page) {
                if (!change.hasSeen(each.dot())) {
                    continue;
                }
                boolean isInserted = change.kind() == Change.Kind.INSERT && each.kind() == Change.Kind.DELETE;
                if (isInserted
                        || (!isDelete
                                && before.keySet().containsAll(change.values().keySet()))) {
                    return before;
                }
                if (each.kind() != Change.Kind.ERASED) {
                    each.values().forEach((column, value) -> {
                        if (!before.containsKey(column)
                                && (isDelete || change.values().containsKey(column))) {
                            before.put(column, value);
                        }
                    });
                }
            }
            from = page.getLast().timestamp();
            page = list(earlier.after(from));
        }
        return before;
    }

    @Override
    public LocalChangelog.Statistics statistics() {
        return pool.query(statements -> {
            LogStatistics log = LogStatistics.count(LogAccess.of(statements));
            Inspection inspection = database.inspection(statements);
            return new LocalChangelog.Statistics(
                    log.all(),
                    log.tables(),
                    log.replicas(),
                    log.storedBytes(),
                    inspection.hiddenCount(),
                    inspection.waitingCellCount(),
                    inspection.conflicts().size());
        });
    }

    @Override
    public List<Map<ReplicaId, Long>> counts(List<Instant> bounds) {
        LogCounts counts = new LogCounts(bounds);
        return inLog(counts::count);
    }

    private <T> T inLog(SqlFunction<LogAccess, T> work) {
        return pool.query(statements -> work.apply(LogAccess.of(statements)));
    }

    @Override
    public Subscription follow(
            VersionVector after, Executor executor, Consumer<Batch> onBatch, Consumer<Throwable> onError) {
        LogFollower follower = new LogFollower(this, after, executor, onBatch, onError, followers::remove);
        followers.add(follower);
        if (closed) {
            follower.close();
            throw new QueryException(Problem.DATABASE_CLOSED);
        }
        follower.onAppended();
        return follower;
    }

    /** Notifies the followers of a commit of this process or another. */
    void onAppended() {
        followers.forEach(LogFollower::onAppended);
    }

    /**
     * Notifies the followers that a replica's changes above this number moved to another replica id. Later changes may
     * get the same numbers.
     */
    void onTailRemoved(ReplicaId replica, long last) {
        followers.forEach(follower -> follower.onTailRemoved(replica, last));
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(followers).forEach(LogFollower::close);
    }

    @Override
    public List<Changelog.Acknowledgement> acknowledgements() {
        return database.acknowledgements();
    }

    @Override
    public void acknowledge(List<Changelog.Acknowledgement> acknowledgements) {
        database.acknowledge(acknowledgements);
    }

    /**
     * Merges the runs of all replicas in causal order. Of the changes that are deliverable, it returns the one with the
     * earliest timestamp first: see {@link CausalDelivery}.
     */
    private final class Reader implements Batch.Reader {
        private final Batch.Limit limit;
        private final CausalDelivery order;
        private @Nullable Dot unexported;

        Reader(VersionVector after, Batch.Limit limit) {
            this.limit = limit;
            this.order = new CausalDelivery(after);
        }

        @Override
        public @Nullable Batch next() {
            while (true) {
                List<Change> changes = pool.inTransaction(reader -> {
                    try (Statements statements = new Statements(reader.connection())) {
                        return readBatch(new NameDictionary(reader.connection()), statements, reader.vector());
                    }
                });
                if (!changes.isEmpty()) {
                    return new Batch(changes);
                }
                Dot toShare = unexported;
                if (toShare == null) {
                    return null;
                }
                database.exported().mark(toShare);
                unexported = null;
            }
        }

        private List<Change> readBatch(NameDictionary names, Statements statements, VersionVector held)
                throws SQLException {
            requireAboveFloor(floor(statements));
            LogReader log = new LogReader(statements, names);
            ReplicaState state = ReplicaState.read(statements);
            PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Run::stamp));
            for (Map.Entry<ReplicaId, Long> head : held.heads().entrySet()) {
                boolean own = head.getKey().equals(state.replica());
                long last = own
                        ? Math.min(state.exportedUpTo(), database.exported().lastMarked(state.replica()))
                        : head.getValue();
                long read = order.delivered(head.getKey());
                if (own && last <= read && read < head.getValue()) {
                    // An exported change never changes again (docs/correctness.md#r6), so the mark that they are
                    // exported becomes durable first.
                    unexported = new Dot(head.getKey(), head.getValue());
                    return List.of();
                }
                if (read < last) {
                    runs.add(new Run(log, names.replica(head.getKey()), read + 1, last));
                }
            }
            List<Change> taken = new ArrayList<>();
            long bytes = 0;
            while (!runs.isEmpty() && taken.size() < limit.changes()) {
                Run run = nextDue(runs);
                Change change = run.peek();
                bytes += ChangeSize.of(change);
                if (bytes > limit.bytes() && !taken.isEmpty()) {
                    break;
                }
                taken.add(change);
                order.deliver(change.dot());
                if (run.advance()) {
                    runs.add(run);
                }
            }
            return taken;
        }

        /**
         * Removes and returns the run with the earliest deliverable change. If a gap makes all changes undeliverable,
         * takes the first run.
         */
        private Run nextDue(PriorityQueue<Run> runs) {
            List<Run> early = new ArrayList<>();
            Run run = runs.poll();
            while (run != null && !order.isDeliverable(run.peek())) {
                early.add(run);
                run = runs.poll();
            }
            Run next = run != null ? run : early.removeFirst();
            runs.addAll(early);
            return next;
        }

        private void requireAboveFloor(VersionVector floor) {
            floor.heads().forEach((replica, sequence) -> {
                long read = order.delivered(replica);
                if (read < sequence) {
                    throw new Changelog.TruncatedException(Problem.CHANGELOG_TOO_OLD, read + 1);
                }
            });
        }

        @Override
        public void close() {
            // A reader holds no resources between two batches.
        }
    }

    /** One replica's changes in a range of sequence numbers. */
    private static final class Run {
        private final LogReader log;
        private final int replica;
        private final long last;
        private final Deque<Change> loaded = new ArrayDeque<>();

        Run(LogReader log, int replica, long from, long last) throws SQLException {
            this.log = log;
            this.replica = replica;
            this.last = last;
            load(from);
        }

        private void load(long from) throws SQLException {
            loaded.addAll(log.readFrom(replica, from));
            if (loaded.isEmpty() || loaded.getFirst().dot().sequence() != from) {
                throw new QueryException(
                        Problem.DATABASE_DAMAGED, "the changelog lacks change " + from + " of replica " + replica);
            }
        }

        Change peek() {
            return loaded.getFirst();
        }

        HlcTimestamp stamp() {
            return peek().timestamp();
        }

        boolean advance() throws SQLException {
            long taken = loaded.removeFirst().dot().sequence();
            if (loaded.isEmpty() && taken < last) {
                load(taken + 1);
            }
            return taken < last;
        }
    }
}
