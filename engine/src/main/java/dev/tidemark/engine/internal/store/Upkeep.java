package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Acknowledgement;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.Tombstones;
import dev.tidemark.engine.internal.log.Compaction;
import dev.tidemark.engine.internal.log.Consolidation;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Keeps the database sound, and small, in transactions of the engine of a few milliseconds each. Thread-safe. */
final class Upkeep implements Maintenance {
    private static final int VACUUM_PAGES = 200;
    private static final int FREE_PAGES = 256;

    private final EngineWriter writer;
    private final Side side;
    private final ReadPool pool;
    private final InstantSource clock;
    private final Consolidation consolidation;
    private final Compaction compaction;
    private final Tombstones tombstones;
    private final Acknowledgements acknowledgements;
    private final Supplier<Repair> repair;

    Upkeep(EngineWriter writer, Side side, ReadPool pool, InstantSource clock, Supplier<Repair> repair) {
        this.repair = repair;
        this.writer = writer;
        this.side = side;
        this.pool = pool;
        this.clock = clock;
        Statements statements = side.connection().statements();
        this.consolidation = new Consolidation(statements, side.names(), side.log());
        this.compaction = new Compaction(statements, side.names(), side.log());
        this.tombstones = new Tombstones(side.cells());
        this.acknowledgements = new Acknowledgements(statements, side.names());
    }

    @Override
    public Repair repair() {
        return repair.get();
    }

    @Override
    public Report run(Duration atMost, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + atMost.toNanos();
        BooleanSupplier stops = () -> cancelled.getAsBoolean() || System.nanoTime() - deadline > 0;
        Run run = new Run(stops);
        boolean complete = run.consolidate(1) && run.forget() && run.vacuum();
        return new Report(run.merged, run.forgotten, run.freed, complete);
    }

    /** What is worth doing when nobody writes for a moment. */
    void runWhenIdle(BooleanSupplier stops) {
        Run run = new Run(stops);
        if (run.consolidate(Consolidation.WORTHWHILE) && run.forget() && run.hasMuchToFree()) {
            run.vacuum();
        }
    }

    /** One run; each step is a transaction of its own. */
    private final class Run {
        private final BooleanSupplier stops;
        private long merged;
        private long forgotten;
        private long freed;

        Run(BooleanSupplier stops) {
            this.stops = stops;
        }

        boolean consolidate(long atLeast) {
            for (int replica : writer.upkeep(state -> consolidation.waiting(atLeast))) {
                boolean done = false;
                while (!done) {
                    if (stops.getAsBoolean()) {
                        return false;
                    }
                    Consolidation.Step step = writer.upkeep(state -> consolidation.step(replica));
                    merged += step.fewer();
                    done = step.done();
                }
            }
            return true;
        }

        /** Who has never met another device may meet one that has rows of the same ids, and nothing is forgotten. */
        boolean forget() {
            Tombstones.Cursor cursor = Tombstones.Cursor.START;
            while (!cursor.done()) {
                if (stops.getAsBoolean()) {
                    return false;
                }
                Tombstones.Cursor from = cursor;
                cursor = writer.upkeep(state -> acknowledgements.knowsOthers()
                        ? tombstones.forget(from, acknowledgements.safe(state))
                        : new Tombstones.Cursor(0, null, 0, true));
                forgotten += cursor.forgotten();
            }
            return true;
        }

        /** A few free pages are used again soon. */
        boolean hasMuchToFree() {
            return pragma("freelist_count") > Math.max(FREE_PAGES, pragma("page_count") / 8);
        }

        boolean vacuum() {
            long pageSize = pragma("page_size");
            long free = pragma("freelist_count");
            while (free > 0) {
                if (stops.getAsBoolean()) {
                    return false;
                }
                writer.upkeep(state -> {
                    // Not prepared: it has no columns, and a step of it frees one page only.
                    try (Statement statement = side.connection().connection().createStatement()) {
                        return statement.executeUpdate("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
                    }
                });
                long left = pragma("freelist_count");
                if (left >= free) {
                    // A file of before, made without that: its free pages are used again, but stay.
                    return true;
                }
                freed += (free - left) * pageSize;
                free = left;
            }
            return true;
        }

        private long pragma(String name) {
            return writer.upkeep(
                    state -> Objects.requireNonNull(statements().<Long>first("PRAGMA " + name, row -> row.getLong(1))));
        }
    }

    private Statements statements() {
        return side.connection().statements();
    }

    @Override
    public VersionVector safeWatermark() {
        return looking((known, state, held) -> known.safe(state));
    }

    @Override
    public long compact(VersionVector watermark) {
        long removed = writer.upkeep(state -> {
            acknowledgements.requireSafe(watermark, state);
            return compaction.removeUpTo(watermark);
        });
        Compaction.Cursor cursor = Compaction.Cursor.START;
        do {
            Compaction.Cursor from = cursor;
            cursor = writer.upkeep(state -> compaction.cleanIndex(from));
        } while (!cursor.isStart());
        return removed;
    }

    @Override
    public void retire(ReplicaId replica) {
        writer.upkeep(state -> {
            acknowledgements.retire(replica, state);
            return replica;
        });
    }

    /** Notes where a replica ends, and that nobody waits for it, in one transaction: a sync does not look at it again. */
    void retire(ReplicaId replica, long last) {
        writer.upkeep(state -> {
            side.connection().statements().update("""
                INSERT INTO tm_remote_retired(replica, last) VALUES (?, ?)
                ON CONFLICT (replica) DO UPDATE SET last = max(last, excluded.last)\
                """, replica.value(), last);
            if (!replica.equals(state.replica())) {
                acknowledgements.retire(replica, state);
            }
            return replica;
        });
    }

    /** What replicas are known to have acknowledged. */
    List<Acknowledgement> acknowledgements() {
        return looking((known, state, held) -> known.list(state));
    }

    /** Promises what can be promised by now, if that is more than before. */
    boolean promise() {
        long now = clock.millis();
        boolean due = looking((known, state, held) -> known.isPromiseDue(state, held, now));
        if (due) {
            writer.upkeep(state -> {
                acknowledgements.promise(state, side.reader().vector(), now);
                return state;
            });
        }
        return due;
    }

    /** Notes what says more than is known already; returns whether anything does. */
    boolean acknowledge(List<Acknowledgement> heard) {
        List<Acknowledgement> news = looking((known, state, held) -> {
            List<Acknowledgement> found = new ArrayList<>();
            for (Acknowledgement each : heard) {
                if (known.isNews(each, state)) {
                    found.add(each);
                }
            }
            return found;
        });
        if (!news.isEmpty()) {
            writer.upkeep(state -> {
                for (Acknowledgement each : news) {
                    if (acknowledgements.isNews(each, state)) {
                        acknowledgements.note(each);
                    }
                }
                return state;
            });
        }
        return !news.isEmpty();
    }

    private interface Look<T> {
        T at(Acknowledgements known, ReplicaState self, VersionVector held) throws SQLException;
    }

    /** Looks without waiting for writers: most syncs have nothing to note. */
    private <T> T looking(Look<T> look) {
        return pool.inTransaction(reader -> {
            try (Statements statements = new Statements(reader.connection())) {
                Acknowledgements known = new Acknowledgements(statements, new Names(reader.connection()));
                return look.at(known, ReplicaState.read(statements), reader.vector());
            }
        });
    }
}
