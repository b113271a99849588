package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.capture.ExternalEdits;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * Checks and repairs a database, or empties its library. Copies the file before a REINDEX, before it rewrites
 * timestamps, and before it empties the library. Thread-safe.
 */
record DatabaseRepair(
        Path file,
        WriteSession session,
        EngineWriter writer,
        CommitPipeline commits,
        ReadPool pool,
        InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRepair.class);
    private static final int CANCEL_STEPS = 10_000;
    private static final DateTimeFormatter BACKUP_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param findDifferences finds rows that differ from their changes, and changes nothing
     * @param cancelled ends the check when it returns true
     * @throws CancellationException if it was cancelled
     */
    Maintenance.CheckReport check(
            SqlFunction<Statements, List<Maintenance.Difference>> findDifferences, BooleanSupplier cancelled) {
        List<String> damage = damage(cancelled);
        if (!damage.isEmpty()) {
            return new Maintenance.CheckReport(damage, IntegrityCheck.isOnlyInIndexes(damage), List.of(), false);
        }
        try {
            List<Maintenance.Difference> differences = query(findDifferences, cancelled);
            return new Maintenance.CheckReport(damage, false, differences, !isClockPlausible());
        } catch (FormatException e) {
            LOG.warn("The check found bytes that do not follow the format", e);
            return new Maintenance.CheckReport(ErrorText.of(e).lines().toList(), false, List.of(), false);
        }
    }

    private List<String> damage(BooleanSupplier cancelled) {
        try {
            return query(statements -> new IntegrityCheck(statements).damage(), cancelled);
        } catch (QueryException e) {
            LOG.warn("SQLite cannot check the database", e);
            return ErrorText.of(e).lines().toList();
        }
    }

    /** Asks every few thousand steps of SQLite whether to go on. */
    private <T> T query(SqlFunction<Statements, T> work, BooleanSupplier cancelled) {
        try {
            T result = pool.query(statements -> {
                Connection connection = statements.connection().unwrap(SQLiteConnection.class);
                ProgressHandler.setHandler(connection, CANCEL_STEPS, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return cancelled.getAsBoolean() ? 1 : 0;
                    }
                });
                try {
                    return work.apply(statements);
                } finally {
                    ProgressHandler.clearHandler(connection);
                }
            });
            requireNotCancelled(cancelled, null);
            return result;
        } catch (QueryException e) {
            requireNotCancelled(cancelled, e);
            throw e;
        }
    }

    private static void requireNotCancelled(BooleanSupplier cancelled, @Nullable QueryException interrupted) {
        if (cancelled.getAsBoolean()) {
            CancellationException ended = new CancellationException("The check was cancelled");
            ended.initCause(interrupted);
            throw ended;
        }
    }

    /**
     * @param found the result that {@link #check} has just returned
     * @param settle removes the differences between rows and changes, either by restoring the rows or by recording them
     *     as changes
     */
    Maintenance.RepairReport repair(Maintenance.CheckReport found, Supplier<ExternalEdits.EditCounts> settle) {
        List<String> damage = found.damage();
        boolean isReindexed = found.isRepairable();
        Path copy = null;
        if (isReindexed) {
            // The copy is not checked, because it has the same damage.
            copy = backup(clock.instant());
            copyTo(copy);
            writer.inReplicaTransaction(state -> session.statements().update("REINDEX"));
            damage = damage(() -> false);
        }
        // Ends after REINDEX, so that the user can check again and see what the next repair would change.
        if (isReindexed || !damage.isEmpty()) {
            return new Maintenance.RepairReport(damage, 0, 0, 0, 0, copy, isReindexed);
        }
        copy = isClockPlausible() ? null : backup(requirePlausible(clock.instant()));
        long restamped = copy == null ? 0 : repairFutureTimestamps(copy);
        ExternalEdits.EditCounts counts = settle.get();
        return new Maintenance.RepairReport(
                damage, counts.inserted(), counts.changed(), counts.deleted(), restamped, copy, isReindexed);
    }

    /** Returns whether the clock value of the database is low enough for other devices to accept it. */
    boolean isClockPlausible() {
        return pool.query(statements -> ReplicaState.read(statements).clock() <= maxAcceptedTime());
    }

    /** Returns the greatest clock value that this device accepts from a storage. */
    long maxAcceptedTime() {
        return HlcTimestamp.maxAcceptedTime(clock.instant());
    }

    /** Returns the given time. Throws if the library's clock is right and this computer's clock is behind. */
    private Instant requirePlausible(Instant now) {
        if (pool.query(statements -> ClockPlausibility.isBehind(statements, now))) {
            throw new TransactionException(Problem.DATABASE_CLOCK_BEHIND, LocalDate.ofInstant(now, ZoneOffset.UTC));
        }
        return now;
    }

    /** Returns the number of rows that were written again. */
    private long repairFutureTimestamps(Path copy) {
        FutureTimestampRepair future = new FutureTimestampRepair(session, maxAcceptedTime(), clock.millis());
        long[] restamped = new long[1];
        afterCopy(copy, state -> restamped[0] = future.restamp(state));
        return restamped[0];
    }

    /** Copies the database to a file, then empties the database: see {@link LibraryReset}. */
    void reset(LibraryReset reset, Path backup) {
        afterCopy(backup, reset::empty);
    }

    @FunctionalInterface
    private interface Replacement {
        void apply(ReplicaState state) throws SQLException;
    }

    /**
     * Copies the file, then runs the work. If there was a commit in between, copies the file again, so that the copy
     * lacks no change.
     */
    private void afterCopy(Path backup, Replacement work) {
        boolean isWhole = false;
        while (!isWhole) {
            VersionVector copied = pool.inTransaction(reader -> reader.vector());
            copyTo(backup);
            isWhole = commits.durably(() -> writer.inReplicaTransaction(state -> {
                boolean isSame = session.reader().vector().equals(copied);
                if (isSame) {
                    work.apply(state);
                }
                return isSame;
            }));
        }
    }

    /** Returns the path for a backup made at this time. */
    Path backup(Instant now) {
        return backup(file, now);
    }

    static Path backup(Path file, Instant now) {
        return file.resolveSibling(file.getFileName() + ".before-" + BACKUP_TIME.format(now));
    }

    /**
     * Copies the file to a new file, checks the copy, and makes it durable. If any of this fails, the copy is deleted.
     */
    static void copyChecked(Path file, Path copy) {
        try {
            OwnerOnlyFiles.create(copy);
        } catch (IOException e) {
            throw new TransactionException(e, Problem.DATABASE_NOT_COPIED, ErrorText.of(e));
        }
        boolean isWhole = false;
        try {
            LibraryReset.copy(file, copy);
            LibraryReset.check(copy);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            isWhole = true;
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_COPIED, e);
        } catch (IOException e) {
            throw new TransactionException(e, Problem.DATABASE_NOT_COPIED, ErrorText.of(e));
        } finally {
            if (!isWhole) {
                deleteFailed(copy);
            }
        }
    }

    private static void deleteFailed(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warn("The incomplete copy {} cannot be deleted", copy, e);
        }
    }

    private void copyTo(Path backup) {
        try {
            Files.deleteIfExists(backup);
            OwnerOnlyFiles.createIfMissing(backup);
            LibraryReset.copy(file, backup);
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_COPIED, e);
        } catch (IOException e) {
            throw new TransactionException(e, Problem.DATABASE_NOT_COPIED, ErrorText.of(e));
        }
    }

    /**
     * Distinguishes a library whose clock ran ahead from a computer whose clock is behind, before a repair rewrites
     * rows (decision 66). It compares wall times: a device whose clock was ahead for a while has written few rows, but
     * if this computer's clock is behind, nearly all rows are from the future.
     */
    private static final class ClockPlausibility {
        /** The time of the first version of this program. A clock that shows an earlier time is behind. */
        private static final Instant FIRST_VERSION = Instant.parse("2026-01-01T00:00:00Z");

        private static final Duration AHEAD = Duration.ofDays(365);

        /** Wall times further ahead are ignored as forged, because no clock is behind by so much. */
        private static final Duration POSSIBLE = Duration.ofDays(100 * 365);

        private ClockPlausibility() {}

        /** Returns whether this computer's clock is behind, rather than the library's clock ahead. */
        static boolean isBehind(Statements statements, Instant now) throws SQLException {
            if (now.isBefore(FIRST_VERSION)) {
                return true;
            }
            long from = now.plus(AHEAD).toEpochMilli();
            long to = now.plus(POSSIBLE).toEpochMilli();
            List<Long> latest = statements.list(
                    "SELECT cells FROM tm_row",
                    row -> RowState.unpack(row.getBytes(1)).writes().stream()
                            .filter(write -> !write.isFromMigration())
                            .mapToLong(Write::wallMillis)
                            .max()
                            .orElse(0));
            long ahead =
                    latest.stream().filter(wall -> wall > from && wall < to).count();
            return ahead > latest.size() / 2;
        }
    }
}
