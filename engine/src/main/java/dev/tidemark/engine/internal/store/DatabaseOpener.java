package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.migrate.Upgrade;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.EngineTables;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Opens a database file: creates the engine's tables, and runs the migrations of the application. */
record DatabaseOpener(WriteConnection connection, Path file, Schema schema, DatabaseOptions options, IdGenerator ids) {
    /**
     * A prepared file, and the connections that write to it.
     *
     * @param file the path with symbolic links resolved, so that every link leads to the same WAL and lock files
     */
    record Opened(Path file, Catalog catalog, WriteConnection local, WriteConnection engine, GroupCommit groupCommit) {}

    static SqliteDatabase open(
            Path file, Schema schema, DatabaseOptions options, IdGenerator ids, boolean maintainsWhenIdle) {
        requireFolder(file);
        requireNotForeign(file);
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            // SQLite creates the WAL and its other files with the permissions of the database file.
            OwnerOnlyFiles.createIfMissing(file);
            Path real = file.toRealPath();
            WriteConnection engine = WriteConnection.forEngine(real, options.busyTimeout());
            opened.add(engine);
            DatabaseOpener opener = new DatabaseOpener(engine, real, schema, options, ids);
            opener.createIfEmpty();
            Catalog catalog = opener.prepare();
            WriteConnection local = WriteConnection.forApplication(real, options.busyTimeout());
            opened.add(local);
            GroupCommit groupCommit = new GroupCommit(new WalFile(real), options.durability());
            opened.add(groupCommit);
            return new SqliteDatabase(
                    new Opened(real, catalog, local, engine, groupCommit), schema, options, ids, maintainsWhenIdle);
        } catch (IOException e) {
            closeAfter(opened, e);
            throw new Database.OpenException(e, Problem.DATABASE_NOT_OPENED, file, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            closeAfter(opened, e);
            throw new Database.OpenException(e, Problem.DATABASE_NOT_OPENED, file, SqlErrors.reason(e));
        } catch (RuntimeException e) {
            closeAfter(opened, e);
            throw e;
        }
    }

    private static void closeAfter(List<AutoCloseable> opened, Exception failure) {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Database.OpenException(Problem.DATABASE_FOLDER_MISSING, folder);
        }
        if (Files.isDirectory(file)) {
            throw new Database.OpenException(Problem.DATABASE_IS_FOLDER, file);
        }
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new Database.OpenException(Problem.DATABASE_READ_ONLY, file);
        }
    }

    /**
     * Refuses another program's database before the engine changes it, because even setting the journal mode is a
     * change. Reads the file without locks and without its WAL, so that SQLite creates no file beside it. If the file
     * cannot be read this way, the next step of opening reports the error.
     */
    private static void requireNotForeign(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file) + "?immutable=1");
                Statements statements = new Statements(connection)) {
            if (!isTidemarkDatabase(statements)) {
                requireEmpty(statements, file);
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(DatabaseOpener.class).debug("{} could not be looked at beforehand", file, e);
        }
    }

    /** Runs the missing migrations. Returns the synced tables as they are afterwards. */
    Catalog prepare() throws SQLException {
        Upgrade upgrade = new Upgrade(connection.statements(), file, schema, options.clock());
        if (options.copiesBeforeMigrations()
                && readKnown().schema() < schema.migrations().size()) {
            copy();
        }
        if (readKnown().format() == EngineTables.FORMAT && !hasLaterTables()) {
            inTransaction(this::addLaterTables);
        }
        while (readKnown().schema() < schema.migrations().size()) {
            inTransaction(() -> migrateOneStep(upgrade));
        }
        if (!upgrade.isUpToDate()) {
            inTransaction(upgrade::finish);
        }
        return upgrade.catalog();
    }

    /**
     * Copies the file to an unused name, because another process may upgrade the file at the same time and make its own
     * copy.
     */
    private void copy() {
        Instant time = options.clock().instant();
        while (Files.exists(DatabaseRepair.backup(file, time))) {
            time = time.plusSeconds(1);
        }
        try {
            DatabaseRepair.copyChecked(file, DatabaseRepair.backup(file, time));
        } catch (TransactionException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_OPENED, file, ErrorText.of(e));
        }
    }

    /**
     * If the file is empty, creates the engine's tables and runs all migrations, in one transaction and without
     * changelog entries for the migrations.
     */
    void createIfEmpty() throws SQLException {
        Statements statements = connection.statements();
        if (isTidemarkDatabase(statements)) {
            return;
        }
        inTransaction(() -> {
            if (!isTidemarkDatabase(statements)) {
                requireEmpty(statements, file);
                create(statements);
                Upgrade upgrade = new Upgrade(statements, file, schema, options.clock());
                for (int number = 1; number <= schema.migrations().size(); number++) {
                    upgrade.run(number, false);
                }
                upgrade.finish();
            }
        });
    }

    private boolean hasLaterTables() throws SQLException {
        return hasTable("tm_sync_run") && hasTable("tm_log_content");
    }

    private boolean hasTable(String name) throws SQLException {
        return connection.statements().exists("SELECT 1 FROM sqlite_schema WHERE name = ?", name);
    }

    /** Adds the tables that a database of an earlier version lacks. */
    private void addLaterTables() throws SQLException {
        try (Statement statement = connection.connection().createStatement()) {
            if (!hasTable("tm_sync_run")) {
                for (String sql : EngineTables.laterTables()) {
                    statement.executeUpdate(sql);
                }
            }
            if (!hasTable("tm_log_content")) {
                statement.executeUpdate(EngineTables.logContent());
            }
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        connection.begin();
        try {
            work.run();
            connection.commit();
        } catch (Throwable e) {
            connection.rollback();
            throw e;
        }
    }

    private void migrateOneStep(Upgrade upgrade) throws SQLException {
        int number = readKnown().schema() + 1;
        if (number <= schema.migrations().size()) {
            upgrade.run(number, true);
            if (number == schema.migrations().size()) {
                upgrade.finish();
            }
        }
    }

    static boolean isTidemarkDatabase(Statements statements) throws SQLException {
        return statements.number("PRAGMA application_id") == EngineTables.APPLICATION_ID;
    }

    private static void requireEmpty(Statements statements, Path file) throws SQLException {
        if (statements.exists("SELECT 1 FROM sqlite_schema")) {
            throw new Database.OpenException(Problem.DATABASE_FOREIGN, file);
        }
    }

    private void create(Statements statements) throws SQLException {
        try (Statement statement = connection.connection().createStatement()) {
            for (String sql : EngineTables.statements()) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("PRAGMA application_id = " + EngineTables.APPLICATION_ID);
        }
        String insert = "INSERT INTO tm_replica(no, id, name) VALUES (1, ?, ?)";
        statements.update(insert, ids.replica().value(), options.deviceName());
        statements.update(
                "INSERT INTO tm_state(one, format, schema, library, replica) VALUES (1, ?, 0, ?, 1)",
                EngineTables.FORMAT,
                ChangeCodec.bytesOf(ids.library()));
    }

    private ReplicaState readKnown() throws SQLException {
        return readKnown(connection.statements(), file, schema);
    }

    /**
     * Returns the stored state. Throws if another version of this program wrote the database and this version cannot
     * open it.
     */
    static ReplicaState readKnown(Statements statements, Path file, Schema schema) throws SQLException {
        // Development versions before the first release wrote the same format number.
        if (!statements.exists("SELECT 1 FROM sqlite_schema WHERE name = 'tm_chain'")) {
            throw new Database.OpenException(Problem.DATABASE_EARLIER, file);
        }
        ReplicaState state = ReplicaState.read(statements);
        if (state.format() > EngineTables.FORMAT
                || state.schema() > schema.migrations().size()) {
            throw new Database.OpenException(Problem.DATABASE_NEWER, file);
        }
        return state;
    }
}
