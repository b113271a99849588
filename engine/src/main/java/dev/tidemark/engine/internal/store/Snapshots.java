package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.snapshot.SnapshotVerifier;
import dev.tidemark.engine.internal.snapshot.StateSnapshot;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Creates snapshots of a database, and applies snapshots of other replicas (docs/correctness.md#r4), one at a time.
 * Thread-safe.
 */
record Snapshots(
        Path file,
        Catalog catalog,
        WriteSession session,
        EngineWriter writer,
        LocalWriter localWriter,
        IdGenerator ids) {
    /**
     * A snapshot, and this replica's last change in it, if there is one. That change must be durable before the
     * snapshot is exported, and never changes again (R6).
     */
    record NewSnapshot(StateSnapshot snapshot, @Nullable Dot lastOwnChange) {}

    /**
     * Starts a snapshot of the current state, which has its own read transaction. While that is open, SQLite cannot
     * restart the WAL. The caller must fsync before it exports any of the state.
     */
    NewSnapshot create() {
        try {
            Connection connection = readOnly();
            try {
                return writer.inReplicaTransaction(state -> begin(connection, state));
            } catch (RuntimeException | Error e) {
                closeAfter(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
    }

    private Connection readOnly() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection(SqliteUrl.of(file));
    }

    private static void closeAfter(Connection connection, Throwable failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Marks this replica's changes as exported and begins the read transaction of the snapshot. Runs in a write
     * transaction, so that the mark and the snapshot cover the same changes.
     */
    private NewSnapshot begin(Connection connection, ReplicaState state) throws SQLException {
        session.statements()
                .update(
                        "UPDATE tm_replica SET exported_up_to = max(exported_up_to, head) WHERE no = ?",
                        state.replicaNumber());
        try (Statements statements = new Statements(connection)) {
            statements.update("BEGIN");
        }
        StatementCache cache = new StatementCache(connection);
        VersionVector vector = new SqlReader(connection, cache).vector();
        cache.close();
        String name = String.format(Locale.ROOT, "%016x-%s-%016x", state.clock(), state.replica(), ids.number());
        Dot exported = state.head() == 0 ? null : new Dot(state.replica(), state.head());
        return new NewSnapshot(new StateSnapshot(connection, catalog, name, vector, state.clock()), exported);
    }

    synchronized EngineWriter.MergeResult installSnapshot(Snapshot snapshot, VersionVector held) {
        if (held.covers(snapshot.vector())) {
            return new EngineWriter.MergeResult(Changelog.AppendResult.NOTHING, java.util.Set.of());
        }
        int stored = begin(snapshot.name());
        snapshot.skip(stored);
        for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
            store(snapshot.name(), stored++, part);
        }
        int parts = stored;
        try {
            EngineWriter.MergeResult merged = writer.installSnapshot(
                    snapshot, parts, number -> open(snapshot.name(), number), localWriter.effects());
            snapshot.applied();
            return merged;
        } catch (FormatException e) {
            throw rejected(snapshot, e, Problem.FILE_MALFORMED);
        } catch (SnapshotLossPolicy.RefusedException e) {
            throw rejected(snapshot, e, Problem.FILE_DROPS_ROWS);
        }
    }

    /**
     * Returns whether a snapshot, whose changes this database has applied, contains the values of all live rows of this
     * database. Rejects the snapshot if it does not.
     */
    boolean verify(Snapshot snapshot) {
        try (Connection connection = readOnly();
                Statements statements = new Statements(connection)) {
            boolean holds = new SnapshotVerifier(connection, statements, catalog).hasLiveRows(snapshot);
            if (!holds) {
                snapshot.reject(Problem.FILE_DROPS_ROWS);
            }
            return holds;
        } catch (FormatException e) {
            snapshot.reject(Problem.FILE_MALFORMED);
            return false;
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
    }

    private Snapshot.UnusableException rejected(Snapshot snapshot, Exception cause, Problem reason) {
        deletePartsExcept("");
        snapshot.reject(reason);
        return new Snapshot.UnusableException(cause, Problem.SNAPSHOT_UNUSABLE, snapshot.name(), reason);
    }

    /** Deletes the stored parts of other snapshots. Returns how many parts of this snapshot are stored. */
    private int begin(String name) {
        deletePartsExcept(name);
        return writer.inReplicaTransaction(state ->
                (int) session.statements().number("SELECT count(*) FROM tm_snapshot_part WHERE name = ?", name));
    }

    private void deletePartsExcept(String kept) {
        writer.inReplicaTransaction(
                state -> session.statements().update("DELETE FROM tm_snapshot_part WHERE name <> ?", kept));
    }

    private void store(String name, int number, Snapshot.Part part) {
        writer.inReplicaTransaction(state -> session.statements()
                .update(
                        "INSERT INTO tm_snapshot_part VALUES (?, ?, ?, ?)",
                        name,
                        number,
                        part.length(),
                        part.content()));
    }

    private PartReader open(String name, int number) throws SQLException {
        Snapshot.Part part = Objects.requireNonNull(session.statements()
                .first(
                        "SELECT length, body FROM tm_snapshot_part WHERE name = ? AND no = ?",
                        row -> new Snapshot.Part(row.getLong(1), row.getBytes(2)),
                        name,
                        number));
        return PartReader.open(part);
    }
}
