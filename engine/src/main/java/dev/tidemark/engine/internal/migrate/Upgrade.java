package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.DatabaseOpenException;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogTable;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Brings a database from one version of the application's schema to another, step by step, inside its caller's transactions.
 *
 * <p>Tables that were synced before keep what they hold, and what a step writes to them is tracked ({@link MigratedRows}).
 * After the last step the tables are read as the program will use them, those that are declared as synced for the first time
 * are taken in with the rows they have, and whatever waited for the upgrade is shown. Not thread-safe.
 */
public final class Upgrade {
    private final Statements statements;
    private final Path file;
    private final Schema schema;
    private final InstantSource clock;
    private final NameDictionary names;
    private final DeclaredTables declared;

    /**
     * An upgrade through this connection, which has foreign keys and checks off.
     *
     * @param file the database's own file, to look at what rows were before a step
     */
    public Upgrade(Statements statements, Path file, Schema schema, InstantSource clock) throws SQLException {
        this.statements = statements;
        this.file = file;
        this.schema = schema;
        this.clock = clock;
        this.names = new NameDictionary(statements.connection());
        this.declared = new DeclaredTables(statements, schema.synced());
    }

    /**
     * Runs one step.
     *
     * @param number its number, from 1
     * @param informs whether the step becomes an entry of the changelog
     * @throws DatabaseOpenException if it fails or does what is not allowed; the transaction is to be rolled back then
     */
    public void run(int number, boolean informs) throws SQLException {
        Schema.Migration migration = schema.migrations().get(number - 1);
        MigratedRows.Step step = new MigratedRows.Step(number, migration.name());
        declared.requireKept();
        Set<String> tracked = declared.before();
        tracked.retainAll(schema.synced());
        Catalog before = Catalog.readShapes(statements.connection(), tracked, names);
        MigrationChangeDetector footprint = new MigrationChangeDetector(statements, before);
        execute(migration, number);
        footprint.afterStep();
        Catalog after = new AdditiveRule(statements, step).check(before, names);
        MigrationLog log = log(number);
        if (informs) {
            log.addStep(migration.name());
        }
        for (SyncedTable table : after.tables()) {
            if (footprint.mayDiffer(table)) {
                compare(java.util.Objects.requireNonNull(before.named(table.name())), table, after, log, step);
            }
        }
        log.finish();
        statements.update("UPDATE tm_state SET schema = ?", number);
    }

    private void execute(Schema.Migration migration, int number) throws SQLException {
        StepTables tables = new StepTables(statements);
        try {
            migration.step().run(tables);
        } catch (TidemarkException e) {
            Problem problem = e.problem() == Problem.SCHEMA_STEP_TRANSACTION_STATEMENT
                    ? Problem.SCHEMA_STEP_ENDED_TRANSACTION
                    : Problem.SCHEMA_STEP_FAILED;
            throw new DatabaseOpenException(e, problem, number, migration.name(), e.getMessage());
        } catch (RuntimeException e) {
            throw new DatabaseOpenException(e, Problem.SCHEMA_STEP_FAILED, number, migration.name(), e + ".");
        } finally {
            tables.end();
        }
        if (!statements.isInTransaction()) {
            throw new DatabaseOpenException(Problem.SCHEMA_STEP_ENDED_TRANSACTION, number, migration.name());
        }
    }

    private void compare(SyncedTable was, SyncedTable is, Catalog catalog, MigrationLog log, MigratedRows.Step step)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
            try (RowsBefore before = RowsBefore.of(connection, was)) {
                rows(catalog, is, log, step).track(before);
            }
        }
    }

    private MigratedRows rows(Catalog catalog, SyncedTable table, MigrationLog log, MigratedRows.Step step)
            throws SQLException {
        CellStore store = new CellStore(statements, names, catalog);
        CellMerge merge = new CellMerge(store, new LogReader(statements, names));
        return new MigratedRows(store, merge, log, step, table);
    }

    private MigrationLog log(int step) throws SQLException {
        VersionVector held;
        try (StatementCache cache = new StatementCache(statements.connection())) {
            held = new SqlReader(statements.connection(), cache).vector();
        }
        MigrationLog.Author author = statements.first(
                "SELECT r.id, r.no, r.head FROM tm_state s JOIN tm_replica r ON r.no = s.replica",
                row -> new MigrationLog.Author(
                        new ReplicaId(row.getLong(1)), row.getInt(2), row.getLong(3), held, clock.millis()));
        return new MigrationLog(
                statements, new LogTable(statements, names), java.util.Objects.requireNonNull(author), step);
    }

    /** Whether the last opening left nothing to be done: {@code user_version} says for which version of the schema. */
    public boolean isSettled() throws SQLException {
        Integer settled = statements.first("PRAGMA user_version", row -> row.getInt(1));
        return settled != null
                && settled == schema.migrations().size()
                && declared.before().equals(schema.synced());
    }

    /**
     * The tables as the program uses them.
     *
     * @throws DatabaseOpenException if one is missing or of a shape that cannot be synced, or a trigger writes to one
     */
    public Catalog catalog() throws SQLException {
        return Catalog.read(statements.connection(), schema.synced(), names);
    }

    /**
     * Takes in newly declared tables, and shows what waited for the upgrade, after the last step.
     *
     * @throws DatabaseOpenException as {@link #catalog}, or if a table that holds synced rows is not declared any more
     */
    public Catalog settle() throws SQLException {
        declared.requireKept();
        Catalog catalog = catalog();
        int version = schema.migrations().size();
        Set<String> fresh = declared.added();
        if (!fresh.isEmpty()) {
            List<Schema.Migration> steps = schema.migrations();
            String name = steps.isEmpty() ? "" : steps.getLast().name();
            MigrationLog log = log(Math.max(1, version));
            for (SyncedTable table : catalog.tables()) {
                if (fresh.contains(table.name())) {
                    rows(catalog, table, log, new MigratedRows.Step(version, name))
                            .track(RowsBefore.none());
                }
            }
            log.finish();
        }
        declared.save();
        new WaitingRows(new CellStore(statements, names, catalog)).show();
        statements.update("PRAGMA user_version = " + version);
        return catalog;
    }
}
