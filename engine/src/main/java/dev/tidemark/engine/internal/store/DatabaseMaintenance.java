package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.TombstoneCollector;
import dev.tidemark.engine.internal.log.BlockCompaction;
import dev.tidemark.engine.internal.log.LogErasure;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Maintains the engine's tables and frees pages, in engine transactions of a few milliseconds each. Thread-safe. */
final class DatabaseMaintenance implements Maintenance {
    private static final int VACUUM_PAGES = 200;
    private static final int FREE_PAGES = 256;

    private final EngineWriter writer;
    private final WriteSession session;
    private final ReadPool pool;
    private final InstantSource clock;
    private final BlockCompaction blockCompaction;
    private final LogTruncation logTruncation;
    private final TombstoneCollector tombstones;
    private final LogErasure logErasure;
    private final Acknowledgements acknowledgements;
    private final Checks checks;
    private final Consumer<Path> copier;

    /** The calls that read the whole database. */
    record Checks(
            Function<BooleanSupplier, CheckReport> check,
            Supplier<RepairReport> repair,
            Supplier<RepairReport> adopt) {}

    DatabaseMaintenance(
            EngineWriter writer,
            WriteSession session,
            ReadPool pool,
            InstantSource clock,
            Checks checks,
            Consumer<Path> copier) {
        this.checks = checks;
        this.copier = copier;
        this.writer = writer;
        this.session = session;
        this.pool = pool;
        this.clock = clock;
        Statements statements = session.statements();
        this.blockCompaction = new BlockCompaction(statements, session.log());
        this.logTruncation = new LogTruncation(statements, session.names(), session.log());
        this.tombstones = new TombstoneCollector(session.cells());
        this.logErasure = new LogErasure(statements, session.log());
        this.acknowledgements = new Acknowledgements(statements, session.names());
    }

    @Override
    public CheckReport check(BooleanSupplier cancelled) {
        return checks.check().apply(cancelled);
    }

    @Override
    public RepairReport repair() {
        return checks.repair().get();
    }

    @Override
    public RepairReport adopt() {
        return checks.adopt().get();
    }

    @Override
    public void copyTo(Path copy) {
        copier.accept(copy);
    }

    @Override
    public Report run(Duration atMost, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + atMost.toNanos();
        BooleanSupplier stops = () -> cancelled.getAsBoolean() || System.nanoTime() - deadline > 0;
        Run run = new Run(stops);
        boolean complete = run.compactBlocks(1) && run.collectTombstones() && run.eraseValues() && run.vacuum();
        return new Report(run.blocksCompacted, run.tombstonesCollected, run.changesErased, run.freed, complete);
    }

    /**
     * Runs maintenance between writes. Unlike {@link #run}, it does not compact the blocks of replicas with few new
     * changes, and does not free a few pages.
     */
    void runWhenIdle(BooleanSupplier stops) {
        Run run = new Run(stops);
        if (run.compactBlocks(BlockCompaction.MIN_CHANGES)
                && run.collectTombstones()
                && run.eraseValues()
                && run.hasManyFreePages()) {
            run.vacuum();
        }
    }

    /** One run of maintenance. Each step is a transaction of its own. */
    private final class Run {
        private final BooleanSupplier stops;
        private long blocksCompacted;
        private long tombstonesCollected;
        private long changesErased;
        private long freed;

        Run(BooleanSupplier stops) {
            this.stops = stops;
        }

        boolean compactBlocks(long atLeast) {
            for (int replica : writer.inReplicaTransaction(state -> blockCompaction.replicasDue(atLeast))) {
                boolean done = false;
                while (!done) {
                    if (stops.getAsBoolean()) {
                        return false;
                    }
                    BlockCompaction.Step step = writer.inReplicaTransaction(state -> blockCompaction.step(replica));
                    blocksCompacted += step.blocksSaved();
                    done = step.done();
                }
            }
            return true;
        }

        boolean collectTombstones() {
            TombstoneCollector.Cursor cursor = TombstoneCollector.Cursor.START;
            while (!cursor.done()) {
                if (stops.getAsBoolean()) {
                    return false;
                }
                TombstoneCollector.Cursor from = cursor;
                cursor = writer.inReplicaTransaction(state -> collect(from, state));
                tombstonesCollected += cursor.collected();
            }
            return true;
        }

        /**
         * Collects tombstones. While no other replica is known, tombstones stay, because a replica that joins later may
         * have rows with the same ids, and only their values are dropped. If no change was exported, the values are
         * dropped at once. If the database syncs through a storage, they are dropped a day after the delete, because a
         * device that has just joined may have edited the row. After that day, such a device learns from this replica's
         * device record to insert its rows as a whole. If changes were exported without a storage, the values stay,
         * because a replica that synced with this database directly would not learn that.
         */
        private TombstoneCollector.Cursor collect(TombstoneCollector.Cursor from, ReplicaState state)
                throws SQLException {
            if (acknowledgements.hasOtherReplicas()) {
                return tombstones.collect(from, acknowledgements.safe(state), true, Long.MAX_VALUE, clock);
            }
            boolean isExported = state.exportedUpTo() > 0;
            if (isExported && !session.statements().exists("SELECT 1 FROM tm_remote LIMIT 1")) {
                return new TombstoneCollector.Cursor(0, null, 0, true);
            }
            long madeBefore = isExported
                    ? (clock.millis() - Acknowledgements.EDIT_FORM_LIFETIME.toMillis()) << HlcTimestamp.COUNTER_BITS
                    : Long.MAX_VALUE;
            return tombstones.collect(from, session.reader().vector(), false, madeBefore, clock);
        }

        boolean eraseValues() {
            int erased = 0;
            while (erased >= 0) {
                if (stops.getAsBoolean()) {
                    return false;
                }
                changesErased += erased;
                erased = writer.inReplicaTransaction(state -> logErasure.step());
            }
            return true;
        }

        /** Returns whether there are many free pages. SQLite reuses a few of them soon by itself. */
        boolean hasManyFreePages() {
            return pragma("freelist_count") > Math.max(FREE_PAGES, pragma("page_count") / 8);
        }

        boolean vacuum() {
            long pageSize = pragma("page_size");
            long free = pragma("freelist_count");
            while (free > 0) {
                if (stops.getAsBoolean()) {
                    return false;
                }
                writer.inReplicaTransaction(state -> {
                    // Does not use a prepared statement, because the pragma has no columns and one step of it frees
                    // only one page.
                    try (Statement statement = session.connection().connection().createStatement()) {
                        return statement.executeUpdate("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
                    }
                });
                long left = pragma("freelist_count");
                if (left >= free) {
                    // Files of older versions lack incremental vacuum. SQLite reuses their free pages, but does not
                    // shrink the file.
                    return true;
                }
                freed += (free - left) * pageSize;
                free = left;
            }
            return true;
        }

        private long pragma(String name) {
            return writer.inReplicaTransaction(state -> session.statements().number("PRAGMA " + name));
        }
    }

    @Override
    public long pendingErasures() {
        return pool.inTransaction(reader -> {
            try (Statements statements = new Statements(reader.connection())) {
                return statements.number("""
                    WITH last(location, replace_snapshots) AS (
                      SELECT location, replace_snapshots FROM tm_remote ORDER BY success_at DESC LIMIT 1)
                    SELECT (SELECT count(*) FROM tm_erased
                        WHERE location = '' OR location = (SELECT location FROM last))
                      + (SELECT count(*) FROM last WHERE replace_snapshots > 0)\
                    """);
            }
        });
    }

    @Override
    public VersionVector safeWatermark() {
        return query((known, state, held) -> known.safe(state));
    }

    @Override
    public long truncateLog(VersionVector watermark) {
        long removed = writer.inReplicaTransaction(state -> {
            acknowledgements.requireSafe(watermark, state);
            return logTruncation.truncateTo(watermark);
        });
        LogTruncation.Cursor cursor = LogTruncation.Cursor.START;
        do {
            LogTruncation.Cursor from = cursor;
            cursor = writer.inReplicaTransaction(state -> logTruncation.cleanIndex(from));
        } while (!cursor.isStart());
        return removed;
    }

    @Override
    public void exclude(ReplicaId replica) {
        writer.inReplicaTransaction(state -> {
            acknowledgements.exclude(replica, state);
            return replica;
        });
    }

    /**
     * Stores a replica's retirement and excludes the replica from the watermark. Uses one transaction, because later
     * syncs skip retirements that are already stored.
     */
    void retire(ReplicaId replica, long last) {
        writer.inReplicaTransaction(state -> {
            session.statements().update("""
                INSERT INTO tm_remote_retired(replica, last, first_last) VALUES (?1, ?2, ?2)
                ON CONFLICT (replica) DO UPDATE SET
                  last = max(last, excluded.last), first_last = min(first_last, excluded.first_last)\
                """, replica.value(), last);
            if (!replica.equals(state.replica())) {
                acknowledgements.exclude(replica, state);
            }
            return replica;
        });
    }

    List<Changelog.Acknowledgement> acknowledgements() {
        return query((known, state, held) -> known.list(state));
    }

    /** Advances this replica's acknowledgement if that is due. Returns whether it was due. */
    boolean acknowledgeApplied() {
        long now = clock.millis();
        boolean due = query((known, state, held) -> known.isAcknowledgementDue(state, held, now));
        if (due) {
            writer.inReplicaTransaction(state -> {
                acknowledgements.acknowledge(state, session.reader().vector(), now);
                return state;
            });
        }
        return due;
    }

    /** Stores the acknowledgements that are greater than the known ones. Returns whether there were any. */
    boolean acknowledge(List<Changelog.Acknowledgement> received) {
        List<Changelog.Acknowledgement> news = query((known, state, held) -> {
            List<Changelog.Acknowledgement> found = new ArrayList<>();
            for (Changelog.Acknowledgement each : received) {
                if (known.isNew(each, state)) {
                    found.add(each);
                }
            }
            return found;
        });
        if (!news.isEmpty()) {
            writer.inReplicaTransaction(state -> {
                for (Changelog.Acknowledgement each : news) {
                    if (acknowledgements.isNew(each, state)) {
                        acknowledgements.recordReceived(each);
                    }
                }
                return state;
            });
        }
        return !news.isEmpty();
    }

    private interface AcknowledgementQuery<T> {
        T run(Acknowledgements known, ReplicaState self, VersionVector held) throws SQLException;
    }

    /** Reads without waiting for writers, because most syncs have nothing to store. */
    private <T> T query(AcknowledgementQuery<T> work) {
        return pool.inTransaction(reader -> {
            try (Statements statements = new Statements(reader.connection())) {
                Acknowledgements known = new Acknowledgements(statements, new NameDictionary(reader.connection()));
                return work.run(known, ReplicaState.read(statements), reader.vector());
            }
        });
    }
}
