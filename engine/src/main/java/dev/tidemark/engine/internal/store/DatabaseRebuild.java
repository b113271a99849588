package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.Maintenance.Rebuild;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.salvage.FlattenedCopy;
import dev.tidemark.engine.internal.salvage.SalvagedLog;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a damaged database from a backup and the readable changes of its changelog ({@link Database#rebuild}). All
 * work is on copies beside it; the last step is a {@link DatabaseReplacement}. The rebuilt database is a new replica,
 * because the damaged one may have written numbers that cannot be read any more (docs/correctness.md#r6).
 */
final class DatabaseRebuild {
    private static final List<String> SIDE_FILES = List.of("", "-wal", "-shm", "-journal");

    private final Path file;
    private final @Nullable Path backup;
    private final Schema schema;
    private final Path salvage;
    private final Path fresh;

    /** @param backup a copy that the engine has made; {@code null} for none */
    DatabaseRebuild(Path file, @Nullable Path backup, Schema schema) throws IOException {
        this.file = file.toRealPath();
        this.backup = backup;
        this.schema = schema;
        this.salvage = siblingFile(".salvage");
        this.fresh = siblingFile(".rebuilt");
    }

    static Rebuild plan(Path file, @Nullable Path backup, Schema schema) {
        return with(file, rebuild -> rebuild.plan(), backup, schema);
    }

    static Rebuild rebuild(Path file, @Nullable Path backup, Path renamedTo, Schema schema) {
        return with(file, rebuild -> rebuild.run(renamedTo), backup, schema);
    }

    static void verify(Path copy, Schema schema) {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(copy) + "?immutable=1");
                Statements statements = new Statements(connection)) {
            DatabaseReplacement.requireSound(statements, copy, schema);
        } catch (SQLException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_OPENED, copy, SqlErrors.reason(e));
        }
    }

    private interface Work {
        Rebuild run(DatabaseRebuild rebuild) throws SQLException, IOException;
    }

    private static Rebuild with(Path file, Work work, @Nullable Path backup, Schema schema) {
        try {
            DatabaseRebuild rebuild = new DatabaseRebuild(file, backup, schema);
            try {
                rebuild.clear();
                return work.run(rebuild);
            } finally {
                rebuild.clear();
            }
        } catch (SQLException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_REBUILT, file, SqlErrors.reason(e));
        } catch (IOException | UncheckedIOException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_REBUILT, file, ErrorText.of(e));
        }
    }

    /** Removes what an interrupted attempt has left. */
    private void clear() throws IOException {
        for (String ending : SIDE_FILES) {
            Files.deleteIfExists(siblingFile(".salvage" + ending));
            Files.deleteIfExists(siblingFile(".rebuilt" + ending));
        }
    }

    private Rebuild plan() throws SQLException, IOException {
        FlattenedCopy copy = FlattenedCopy.write(file, salvage);
        if (backup == null) {
            try (SalvagedLog log = SalvagedLog.open(copy, null)) {
                requireLibrary(log);
                return planned(log, VersionVector.EMPTY, copy);
            }
        }
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(backup) + "?immutable=1");
                Statements statements = new Statements(connection)) {
            DatabaseReplacement.requireSound(statements, backup, schema);
            try (SalvagedLog log = SalvagedLog.open(copy, statements)) {
                return planned(log, vector(statements), copy);
            }
        }
    }

    private static Rebuild planned(SalvagedLog log, VersionVector base, FlattenedCopy copy) {
        LogReplay replay = new LogReplay(log, base);
        replay.deliver(changes -> {});
        replay.reissue(new ReplicaId(1), 0, changes -> {});
        return report(log, replay, copy);
    }

    private static Rebuild report(SalvagedLog log, LogReplay replay, FlattenedCopy copy) {
        return new Rebuild(
                replay.applied(),
                replay.reissued(),
                replay.missing(),
                log.areHeadsKnown(),
                replay.isRelated(),
                copy.unread());
    }

    private static VersionVector vector(Statements statements) throws SQLException {
        Map<ReplicaId, Long> heads = new HashMap<>();
        statements.list(
                "SELECT id, head FROM tm_replica WHERE head > 0",
                row -> heads.put(new ReplicaId(row.getLong(1)), row.getLong(2)));
        return VersionVector.of(heads);
    }

    private Rebuild run(Path renamedTo) throws SQLException, IOException {
        FlattenedCopy copy = FlattenedCopy.write(file, salvage);
        Former former;
        if (backup == null) {
            former = null;
        } else {
            DatabaseReplacement.duplicate(backup, fresh);
            former = assignNewId();
        }
        Rebuild report;
        try (SqliteDatabase database = SqliteDatabase.open(
                fresh, schema, DatabaseOptions.DEFAULT.with(Durability.NONE), IdGenerator.secure(), false)) {
            try (Connection connection = DriverManager.getConnection(SqliteUrl.of(fresh));
                    Statements names = new Statements(connection);
                    SalvagedLog log = SalvagedLog.open(copy, backup == null ? null : names)) {
                report = fill(database, log, former, copy);
            }
            requireSound(database);
        }
        DatabaseReplacement.replace(file, fresh, renamedTo, schema);
        return report;
    }

    /** The id of a backup, which belongs to the damaged database. */
    private record Former(ReplicaId id, int number) {}

    /** Runs before the backup is opened, because a migration would write changes under the former id. */
    private Former assignNewId() throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(fresh));
                Statements statements = new Statements(connection)) {
            DatabaseReplacement.requireSound(statements, fresh, schema);
            ReplicaState state = ReplicaState.read(statements);
            connection.setAutoCommit(false);
            ReplicaIdRotation.become(
                    statements,
                    state.replicaNumber(),
                    ReplicaIdRotation.newIdFor(statements, state.replica(), IdGenerator.secure()));
            ReplicaIdRotation.carryOverAcknowledgement(
                    statements, ReplicaState.read(statements).replicaNumber(), state.replicaNumber());
            statements.update("UPDATE tm_state SET token = '', opened = 0, inode = ''");
            connection.commit();
            return new Former(state.replica(), state.replicaNumber());
        }
    }

    private Rebuild fill(SqliteDatabase database, SalvagedLog log, @Nullable Former former, FlattenedCopy copy) {
        if (former == null) {
            database.adoptLibrary(requireLibrary(log));
        }
        LogReplay replay = new LogReplay(log, database.changelog().vector());
        replay.deliver(changes -> database.append(new Batch(changes)));
        replay.reissue(
                database.replica(), database.changelog().vector().get(database.replica()), database::appendReissued);
        ReplicaId damaged = log.identity().replica();
        if (former != null) {
            database.retireFormer(former.id());
        }
        if (damaged != null && (former == null || !damaged.equals(former.id()))) {
            database.retireFormer(damaged);
        }
        return report(log, replay, copy);
    }

    private UUID requireLibrary(SalvagedLog log) {
        UUID library = log.identity().library();
        if (library == null) {
            throw new Database.OpenException(Problem.DATABASE_NOT_REBUILT, file, Problem.FILE_CORRUPT);
        }
        return library;
    }

    /** A backup may have rows that were damaged before it was made. */
    private void requireSound(SqliteDatabase database) {
        Maintenance.CheckReport check = database.maintenance().check();
        if (check.damage().isEmpty() && !check.differences().isEmpty()) {
            database.maintenance().repair();
            check = database.maintenance().check();
        }
        if (!check.damage().isEmpty() || !check.differences().isEmpty()) {
            throw new Database.OpenException(Problem.DATABASE_NOT_REBUILT, file, Problem.FILE_CORRUPT);
        }
    }

    private Path siblingFile(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
