package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
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
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Upgrades a database to the current version of the application's schema, step by step, inside the caller's
 * transactions.
 *
 * <p>Synced tables keep their rows, and writes of a step to them become changes ({@link MigratedRows}). After the last
 * step the upgrade reads the final tables, tracks the existing rows of tables that are newly declared as synced, and
 * shows cells and rows that waited for the new schema. Not thread-safe.
 */
public final class Upgrade {
    private final Statements statements;
    private final Path file;
    private final Schema schema;
    private final InstantSource clock;
    private final NameDictionary names;
    private final DeclaredTables declared;

    /**
     * @param statements runs statements on a connection whose foreign keys and CHECK constraints are off
     * @param file the database file, which a second connection opens to read rows before a step
     */
    public Upgrade(Statements statements, Path file, Schema schema, InstantSource clock) throws SQLException {
        this.statements = statements;
        this.file = file;
        this.schema = schema;
        this.clock = clock;
        this.names = new NameDictionary(statements.connection());
        this.declared = new DeclaredTables(statements, schema.synced());
    }

    /** Runs one step. If {@code informs} is set, adds an informational entry about the step to the changelog. */
    public void run(int number, boolean informs) throws SQLException {
        Schema.Migration migration = schema.migrations().get(number - 1);
        MigratedRows.Step step = new MigratedRows.Step(number, migration.name());
        declared.requireKept();
        Set<String> tracked = declared.before();
        tracked.retainAll(schema.synced());
        Catalog before = Catalog.readShapes(statements.connection(), tracked, names);
        MigrationChangeDetector changes = new MigrationChangeDetector(statements, before);
        String sql = execute(migration, number);
        changes.afterStep();
        Catalog after = new AdditiveRule(statements, step).check(before, names);
        MigrationLog log = log(number);
        if (informs) {
            log.addStep(migration.name(), sql);
        }
        for (SyncedTable table : after.tables()) {
            if (changes.mayDiffer(table)) {
                compare(java.util.Objects.requireNonNull(before.named(table.name())), table, after, log, step);
            }
        }
        log.finish();
        statements.update("UPDATE tm_state SET schema = ?", number);
    }

    /** Returns the statements that the step ran. */
    private String execute(Schema.Migration migration, int number) throws SQLException {
        StepTables tables = new StepTables(statements, schema.synced());
        try {
            migration.step().run(tables);
        } catch (TidemarkException e) {
            Problem problem = e.problem() == Problem.SCHEMA_STEP_TRANSACTION_STATEMENT
                    ? Problem.SCHEMA_STEP_ENDED_TRANSACTION
                    : Problem.SCHEMA_STEP_FAILED;
            throw new Database.OpenException(e, problem, number, migration.name(), e.getMessage());
        } catch (RuntimeException e) {
            throw new Database.OpenException(e, Problem.SCHEMA_STEP_FAILED, number, migration.name(), e + ".");
        } finally {
            tables.end();
        }
        if (!statements.isInTransaction()) {
            throw new Database.OpenException(Problem.SCHEMA_STEP_ENDED_TRANSACTION, number, migration.name());
        }
        return tables.sql();
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

    /**
     * Returns whether the database already has the current version of the schema and the same tables are declared as
     * synced. {@code user_version} stores the version.
     */
    public boolean isUpToDate() throws SQLException {
        return statements.number("PRAGMA user_version") == schema.migrations().size()
                && declared.before().equals(schema.synced());
    }

    public Catalog catalog() throws SQLException {
        return Catalog.read(statements.connection(), schema.synced(), names);
    }

    /** Tracks the rows of newly declared tables, and shows cells and rows that waited for the upgrade. */
    public Catalog finish() throws SQLException {
        declared.requireKept();
        Catalog catalog = catalog();
        int version = schema.migrations().size();
        Set<String> added = declared.added();
        if (!added.isEmpty()) {
            List<Schema.Migration> steps = schema.migrations();
            String name = steps.isEmpty() ? "" : steps.getLast().name();
            MigrationLog log = log(Math.max(1, version));
            for (SyncedTable table : catalog.tables()) {
                if (added.contains(table.name())) {
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

    /** The tables that the application's schema declares as synced, now and when the database was last opened. */
    private record DeclaredTables(Statements statements, Set<String> now) {
        /** Returns the tables that were declared when the database was last opened. All their rows are tracked. */
        Set<String> before() throws SQLException {
            return new LinkedHashSet<>(statements.list(
                    "SELECT name FROM tm_table WHERE synced <> 0 ORDER BY no", row -> row.getString(1)));
        }

        /** Returns the tables that are declared for the first time. */
        Set<String> added() throws SQLException {
            Set<String> added = new LinkedHashSet<>(now);
            added.removeAll(before());
            return added;
        }

        /** @throws Database.OpenException if a table with tracked rows is no longer declared */
        void requireKept() throws SQLException {
            for (String table : before()) {
                if (!now.contains(table) && hasRows(table)) {
                    throw new Database.OpenException(Problem.SCHEMA_SYNCED_NO_MORE, table);
                }
            }
        }

        private boolean hasRows(String table) throws SQLException {
            return statements.exists(
                    "SELECT 1 FROM tm_row WHERE table_no = (SELECT no FROM tm_table WHERE name = ?) LIMIT 1", table);
        }

        void save() throws SQLException {
            statements.update("UPDATE tm_table SET synced = 0 WHERE synced <> 0");
            for (String table : now) {
                statements.update("UPDATE tm_table SET synced = 1 WHERE name = ?", table);
            }
        }
    }
}
