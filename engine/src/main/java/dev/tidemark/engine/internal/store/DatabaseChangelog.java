package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Appended;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.DeliveryOrder;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The changelog in a database. Thread-safe; its readers are not. */
final class DatabaseChangelog implements Changelog {
    private final SqliteDatabase database;
    private final ReadPool pool;

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
        return VersionVector.EMPTY;
    }

    @Override
    public Appended append(Batch batch) {
        return database.append(batch);
    }

    @Override
    public BatchReader read(VersionVector after, BatchLimit limit) {
        return new Reader(after, limit);
    }

    /** Merges the replicas' runs into causal order, by stamp among what is due: see {@link DeliveryOrder}. */
    private final class Reader implements BatchReader {
        private final BatchLimit limit;
        private final DeliveryOrder order;

        Reader(VersionVector after, BatchLimit limit) {
            this.limit = limit;
            this.order = new DeliveryOrder(after);
        }

        @Override
        public @Nullable Batch next() {
            List<Change> changes = pool.inTransaction(reader -> {
                try (Statements statements = new Statements(reader.connection())) {
                    return take(new Names(reader.connection()), statements, reader.vector());
                }
            });
            return changes.isEmpty() ? null : new Batch(changes);
        }

        private List<Change> take(Names names, Statements statements, VersionVector held) throws SQLException {
            LogReader log = new LogReader(statements, names);
            PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Run::stamp));
            for (Map.Entry<ReplicaId, Long> head : held.heads().entrySet()) {
                long read = order.delivered(head.getKey());
                if (read < head.getValue()) {
                    runs.add(new Run(log, names.replica(head.getKey()), read + 1));
                }
            }
            List<Change> taken = new ArrayList<>();
            long bytes = 0;
            while (!runs.isEmpty() && taken.size() < limit.changes()) {
                Run run = nextDue(runs);
                Change change = run.peek();
                bytes += size(change);
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

        /** Takes out the earliest that is due. Only what a migration wrote can be early; if nothing is, that is a gap. */
        private Run nextDue(PriorityQueue<Run> runs) {
            List<Run> early = new ArrayList<>();
            Run run = runs.poll();
            while (run != null && !order.isDue(run.peek())) {
                early.add(run);
                run = runs.poll();
            }
            Run next = run != null ? run : early.removeFirst();
            runs.addAll(early);
            return next;
        }

        @Override
        public void close() {
            // Nothing is held open between two batches.
        }
    }

    private static long size(Change change) {
        long size = 64;
        for (Object value : change.values().values()) {
            size += switch (value) {
                case String text -> text.length();
                case byte[] bytes -> bytes.length;
                case null, default -> 8;
            };
        }
        return size;
    }

    /** One replica's changes from a number on. */
    private static final class Run {
        private final LogReader log;
        private final int replica;
        private final Deque<Change> loaded = new ArrayDeque<>();

        Run(LogReader log, int replica, long from) throws SQLException {
            this.log = log;
            this.replica = replica;
            loaded.addAll(log.readFrom(replica, from));
            if (loaded.isEmpty()) {
                throw new dev.tidemark.engine.changelog.TooOldException(
                        "The changes of a device from number " + from + " on are not listed any more.");
            }
        }

        Change peek() {
            return loaded.getFirst();
        }

        dev.tidemark.engine.changelog.Stamp stamp() {
            return peek().stamp();
        }

        boolean advance() throws SQLException {
            Change last = loaded.removeFirst();
            if (loaded.isEmpty()) {
                loaded.addAll(log.readFrom(replica, last.dot().sequence() + 1));
            }
            return !loaded.isEmpty();
        }
    }
}
