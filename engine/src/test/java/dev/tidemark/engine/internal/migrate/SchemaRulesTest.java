package dev.tidemark.engine.internal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine rejects migration steps that break the schema rules; a rejected step changes nothing. */
class SchemaRulesTest {
    private static final String CREATE = """
        CREATE TABLE folder(id BLOB PRIMARY KEY NOT NULL, name TEXT);
        CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, folder_id BLOB REFERENCES folder(id));
        CREATE TABLE word(id TEXT PRIMARY KEY NOT NULL, text TEXT);
        INSERT INTO word VALUES ('0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b', 'one'),
          ('0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c', 'two')\
        """;

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;
    private final UUID item = Replicas.id();

    private static Schema.Builder base() {
        return Schema.builder().migration("create", CREATE).synced("folder", "item");
    }

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, base().build());
        database = replicas.open("it");
        Replicas.run(database, "INSERT INTO item(id, title) VALUES (?, 'ball')", item);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private Database.OpenException refusal(Schema schema) {
        String before = StateDump.of(database);
        int changes = Replicas.changes(database).size();
        database.close();
        Database.OpenException[] refusal = new Database.OpenException[1];
        assertThatThrownBy(() -> replicas.open("it", schema))
                .isInstanceOfSatisfying(Database.OpenException.class, e -> refusal[0] = e)
                .hasMessageEndingWith(".");
        database = replicas.open("it");
        assertThat(StateDump.of(database)).isEqualTo(before);
        assertThat(Replicas.changes(database)).as("nothing was changed").hasSize(changes);
        assertThat(Replicas.column(database, "SELECT title FROM item")).containsExactly("ball");
        return refusal[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SCHEMA_TABLE_TAKEN_AWAY  | DROP TABLE item
        SCHEMA_TABLE_TAKEN_AWAY  | ALTER TABLE item RENAME TO thing
        SCHEMA_TABLE_TAKEN_AWAY  | ALTER TABLE folder RENAME TO f; ALTER TABLE f RENAME TO Folder
        SCHEMA_COLUMN_TAKEN_AWAY | ALTER TABLE item RENAME COLUMN title TO name
        SCHEMA_COLUMN_TAKEN_AWAY | ALTER TABLE item DROP COLUMN title
        SCHEMA_COLUMN_TAKEN_AWAY | CREATE TABLE n(id BLOB PRIMARY KEY NOT NULL, folder_id BLOB); DROP TABLE item; ALTER TABLE n RENAME TO item
        SCHEMA_COLUMN_TAKEN_AWAY | CREATE TABLE n(id BLOB PRIMARY KEY NOT NULL, title TEXT AS ('x'), folder_id BLOB); INSERT INTO n SELECT id, folder_id FROM item; DROP TABLE item; ALTER TABLE n RENAME TO item
        SCHEMA_ID_TYPE_CHANGED   | CREATE TABLE n(id TEXT PRIMARY KEY NOT NULL, title TEXT, folder_id BLOB); DROP TABLE item; ALTER TABLE n RENAME TO item
        SCHEMA_ROW_TAKEN_AWAY    | DELETE FROM item
        SCHEMA_ROW_TAKEN_AWAY    | UPDATE item SET id = randomblob(16)
        SCHEMA_ROW_TAKEN_AWAY    | CREATE TABLE n(id BLOB PRIMARY KEY NOT NULL, title TEXT, folder_id BLOB); DROP TABLE item; ALTER TABLE n RENAME TO item
        SCHEMA_ROW_TAKEN_AWAY    | ALTER TABLE item RENAME TO o; CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, folder_id BLOB)
        SCHEMA_CELL_OVERWRITTEN  | UPDATE item SET title = upper(title)
        SCHEMA_CELL_OVERWRITTEN  | INSERT OR REPLACE INTO item SELECT id, NULL, NULL FROM item
        SCHEMA_CELL_OVERWRITTEN  | UPDATE item SET folder_id = x'00' WHERE folder_id IS NULL
        SCHEMA_STEP_FAILED       | CREATE TABLE gone(x); INSERT INTO nonsense VALUES (1)
        SCHEMA_STEP_FAILED       | INSERT OR ROLLBACK INTO item SELECT id, '', NULL FROM item
        SCHEMA_STEP_ENDED_TRANSACTION | INSERT INTO folder VALUES (x'00', ''); COMMIT
        SCHEMA_STEP_ENDED_TRANSACTION | INSERT INTO folder VALUES (x'00', ''); /* now */ END; BEGIN
        SCHEMA_STEP_ENDED_TRANSACTION | ROLLBACK; BEGIN
        SCHEMA_STEP_ENDED_TRANSACTION | SAVEPOINT a; RELEASE a
        SCHEMA_TRIGGER_WRITES_SYNCED | CREATE TRIGGER t AFTER INSERT ON word BEGIN DELETE FROM item; END
        SCHEMA_INDEX_PARTIAL     | CREATE UNIQUE INDEX i ON item(title) WHERE title > 'a'
        TRANSACTION_ID_MALFORMED | INSERT INTO folder VALUES (x'00', 'short id')
        """)
    void stepThatIsNotAllowedIsRefusedAndChangesNothing(Problem problem, String sql) {
        Schema bad = base().migration("bad", sql).build();
        Database.OpenException refusal = refusal(bad);
        if (problem.name().startsWith("SCHEMA_INDEX")) {
            assertThat(refusal).hasMessageContaining("part of its rows");
        } else if (problem == Problem.SCHEMA_TRIGGER_WRITES_SYNCED) {
            assertThat(refusal).hasMessageContaining("Triggers may write to local tables only");
        } else {
            assertThat(refusal.problem()).isEqualTo(problem);
        }
        if (problem.name().startsWith("SCHEMA_STEP")
                || problem.messageTemplate().contains("Step {0}")) {
            assertThat(refusal).hasMessageContaining("Step 2 of the schema (bad)");
        }
    }

    @Test
    void refusalInALaterStepKeepsTheEarlierOne() {
        Schema two = base().migration("good", "CREATE TABLE kept(x)").build();
        Schema three = base().migration("good", "CREATE TABLE kept(x)")
                .migration("bad", "CREATE TABLE gone(x); DROP TABLE item")
                .build();
        database.close();
        assertThatThrownBy(() -> replicas.open("it", three)).hasMessageContaining("Step 3 of the schema (bad)");
        database = replicas.open("it", two);
        assertThat(Replicas.column(database, "SELECT * FROM kept")).isEmpty();
        assertThat(Replicas.column(database, "SELECT name FROM sqlite_schema WHERE name = 'gone'"))
                .isEmpty();
        assertThat(Replicas.changes(database)).hasSize(2);
    }

    @Test
    void tableWithSyncedRowsThatIsNotDeclaredAnyMoreIsRefused() {
        Schema less =
                Schema.builder().migration("create", CREATE).synced("folder").build();
        assertThat(refusal(less).problem()).isEqualTo(Problem.SCHEMA_SYNCED_NO_MORE);
        Schema dropped = Schema.builder()
                .migration("create", CREATE)
                .migration("drop", "DROP TABLE item")
                .synced("folder")
                .build();
        assertThat(refusal(dropped).problem()).isEqualTo(Problem.SCHEMA_SYNCED_NO_MORE);
    }

    @Test
    void syncedTableThatNeverHeldARowMayBecomeLocal() {
        Schema less = Schema.builder()
                .migration("create", CREATE)
                .migration("rebuild", "DROP TABLE folder; DROP TABLE item; CREATE TABLE folder(x)")
                .synced("word")
                .build();
        SqliteDatabase empty = replicas.open("empty");
        empty = replicas.reopen(empty, less);
        assertThat(Replicas.column(empty, "SELECT * FROM folder")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void localTableThatBecomesSyncedBringsItsRows(boolean withStep) {
        Schema.Builder builder = base().synced("word");
        Schema wider =
                (withStep ? builder.migration("note", "ALTER TABLE word ADD COLUMN note TEXT") : builder).build();
        Replicas.run(database, "UPDATE word SET text = 'zwei' WHERE text = 'two'");
        SqliteDatabase other = replicas.open("other");
        database = replicas.reopen(database, wider);
        other = replicas.reopen(other, wider);
        Replicas.run(other, "UPDATE word SET text = 'a person''s' WHERE text = 'one'");
        Replicas.sync(database, other);
        assertThat(other.dump()).isEqualTo(database.dump());
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(database));
        assertThat(Replicas.column(database, "SELECT text FROM word ORDER BY id"))
                .hasSize(2)
                .contains("a person's");
        assertThat(database.conflicts()).isEmpty();
        int changes = Replicas.changes(database).size();
        database = replicas.reopen(database, wider);
        assertThat(Replicas.changes(database)).hasSize(changes);
        Replicas.run(database, "DELETE FROM word WHERE text = 'zwei'");
        assertThat(Replicas.changes(database)).hasSize(changes + 1);
    }

    @Test
    void rowsThatWaitedForATableAreShownWhenItIsDeclaredWithoutAStep() {
        Schema wider = base().synced("word").build();
        SqliteDatabase ahead = replicas.open("ahead", wider);
        Replicas.run(ahead, "INSERT INTO word VALUES ('0199a1b2-c3d4-7e5f-8a6b-000000000000', 'three')");
        Replicas.sync(ahead, database);
        assertThat(database.waitingCells()).hasSize(3);
        database = replicas.reopen(database, wider);
        assertThat(database.waitingCells()).isEmpty();
        Replicas.sync(ahead, database);
        assertThat(database.dump()).isEqualTo(ahead.dump());
        assertThat(Replicas.column(database, "SELECT text FROM word ORDER BY id"))
                .contains("three")
                .hasSize(3);
    }

    @Test
    void keyOfALocalTableMayBeChangedInTheStepsThatMakeItSynced() {
        Schema wider = base().migration("was local", "CREATE TABLE thing(no INTEGER PRIMARY KEY, label TEXT)")
                .migration("fill", "INSERT INTO thing(label) VALUES ('a'), ('b')")
                .migration("rename", "ALTER TABLE thing RENAME COLUMN label TO name")
                .migration("rebuild", """
                    CREATE TABLE n(id BLOB PRIMARY KEY NOT NULL, name TEXT, folder_id BLOB REFERENCES folder(id));
                    INSERT INTO n(id, name) SELECT randomblob(16), name FROM thing;
                    DROP TABLE thing; ALTER TABLE n RENAME TO thing\
                    """)
                .synced("thing")
                .build();
        database = replicas.reopen(database, wider);
        SqliteDatabase other = replicas.open("other");
        Replicas.sync(database, other);
        other = replicas.reopen(other, wider);
        Replicas.sync(database, other);
        assertThat(other.dump()).isEqualTo(database.dump());
        assertThat(Replicas.column(other, "SELECT name FROM thing")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t(id BLOB PRIMARY KEY NOT NULL, a TEXT) WITHOUT ROWID",
                "CREATE TABLE t(id BLOB NOT NULL PRIMARY KEY, a TEXT) STRICT",
                "CREATE TABLE t(id BLOB NOT NULL, a TEXT, upper TEXT AS (upper(a)) STORED, PRIMARY KEY (id))",
            })
    void tablesOfTheseKindsAreSyncedAndMigrated(String sql) {
        Schema first = Schema.builder().migration("one", sql).synced("t").build();
        Schema second = Schema.builder()
                .migration("one", sql)
                .migration("two", "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = a || a")
                .synced("t")
                .build();
        SqliteDatabase one = replicas.open("one", first);
        SqliteDatabase two = replicas.open("two", first);
        Replicas.run(one, "INSERT INTO t(id, a) VALUES (?, 'x')", item);
        Replicas.sync(one, two);
        one = replicas.reopen(one, second);
        two = replicas.reopen(two, second);
        Replicas.run(two, "UPDATE t SET a = 'y'");
        Replicas.sync(one, two);
        assertThat(Replicas.value(one, "SELECT a || b FROM t")).isEqualTo("yxx");
        assertThat(two.dump()).isEqualTo(one.dump());
    }

    @Test
    void stepInJavaReadsAndWritesAndSeesItsOwnWork() {
        Schema java = base().migration("count", tables -> {
                    tables.execute("ALTER TABLE item ADD COLUMN letters INTEGER; CREATE TABLE total(n)");
                    for (var row : tables.list(Query.of("SELECT id, title FROM item"))) {
                        assertThat(tables.execute(
                                        "UPDATE item SET letters = ? WHERE id = ?",
                                        row.text("title").length(),
                                        row.uuid("id")))
                                .isEqualTo(1);
                    }
                    tables.execute("INSERT INTO total SELECT sum(letters) FROM item");
                })
                .build();
        database = replicas.reopen(database, java);
        assertThat(Replicas.value(database, "SELECT letters FROM item")).isEqualTo(4L);
        assertThat(Replicas.value(database, "SELECT n FROM total")).isEqualTo(4L);
        assertThat(Replicas.changes(database).getLast().values()).containsOnlyKeys("letters");
    }

    @Test
    void stepInJavaThatThrowsChangesNothing() {
        Schema java = base().migration("broken", tables -> {
                    tables.execute("CREATE TABLE gone(x)");
                    throw new IllegalStateException("the moon is in the wrong place");
                })
                .build();
        assertThat(refusal(java))
                .hasMessageContaining("Step 2 of the schema (broken) failed")
                .hasMessageContaining("the moon is in the wrong place")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(Replicas.column(database, "SELECT name FROM sqlite_schema WHERE name = 'gone'"))
                .isEmpty();
    }

    @Test
    void stepInJavaThatGoesOnAfterItWasRolledBackWritesNothing() {
        Schema java = base().migration("stubborn", tables -> {
                    tables.execute("CREATE TABLE gone(x)");
                    assertThatThrownBy(() -> tables.execute("INSERT OR ROLLBACK INTO item SELECT id, '', '' FROM item"))
                            .isInstanceOf(QueryException.class);
                    assertThatThrownBy(() -> tables.execute("CREATE TABLE gone(x)"))
                            .isInstanceOf(QueryException.class);
                })
                .build();
        assertThat(refusal(java).problem()).isEqualTo(Problem.SCHEMA_STEP_ENDED_TRANSACTION);
        assertThat(Replicas.column(database, "SELECT name FROM sqlite_schema WHERE name = 'gone'"))
                .isEmpty();
    }

    @Test
    void tablesOfAStepCannotBeUsedAfterIt() {
        List<Schema.Tables> kept = new ArrayList<>();
        database = replicas.reopen(database, base().migration("keep", kept::add).build());
        assertThatThrownBy(() -> kept.getFirst().execute("DELETE FROM item")).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> kept.getFirst().list(Query.of("SELECT 1"))).isInstanceOf(QueryException.class);
    }

    @Test
    void parametersAreForOneStatementWithThatManyPlaces() {
        Schema java = base().migration("check", tables -> {
                    assertThatThrownBy(() -> tables.execute("SELECT ?; SELECT ?", 1))
                            .hasMessageContaining("one statement");
                    assertThatThrownBy(() -> tables.execute("UPDATE item SET title = ?"))
                            .hasMessageContaining("parameters");
                })
                .build();
        database = replicas.reopen(database, java);
        assertThat(Replicas.changes(database)).hasSize(2);
    }

    @Test
    void failureOnANewFileLeavesItEmpty() {
        Schema bad = base().migration("bad", "INSERT INTO nonsense VALUES (1)").build();
        assertThatThrownBy(() -> replicas.open("new", bad)).hasMessageContaining("Step 2 of the schema (bad)");
        SqliteDatabase fresh = replicas.open("new");
        assertThat(Replicas.changes(fresh)).isEmpty();
        assertThat(Replicas.column(fresh, "SELECT count(*) FROM word")).containsExactly(2L);
    }

    @Test
    void scriptsAreCutWhereSqliteCutsThem() {
        assertThat(SqlScript.statements("""
            -- a comment; with a semicolon
            CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN
              SELECT CASE WHEN 1 THEN ';' ELSE "x;" END; INSERT INTO b VALUES (';END;');
            END;
            INSERT INTO `c;d` VALUES ('it''s; here') /* ; */ ;;
            CREATE TRIGGER u BEFORE DELETE ON a BEGIN DELETE FROM b; END\
            """))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("CREATE TRIGGER u")
                .endsWith("END");
        assertThat(SqlScript.statements(" ; -- nothing\n; /* at all ")).isEmpty();
        assertThat(SqlScript.isOfTransactions("/* x */ -- y\n Commit")).isTrue();
        assertThat(SqlScript.isOfTransactions("INSERT INTO commits VALUES (1)")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE tm_replica SET clock = 0",
                "DELETE FROM tm_row",
                "INSERT INTO 'tm_superseded' VALUES (1, x'00', 1, 1)",
                "DROP TABLE tm_log",
                "ALTER TABLE tm_row ADD COLUMN more",
                "CREATE TABLE tm_mine(id)",
                "CREATE INDEX mine ON tm_row(cells)",
                "CREATE TRIGGER mine AFTER INSERT ON tm_log BEGIN SELECT 1; END",
                "CREATE TRIGGER mine AFTER INSERT ON word BEGIN DELETE FROM tm_log; END; INSERT INTO word VALUES ('a',"
                        + " 'b')"
            })
    void stepThatTouchesTheEnginesTablesIsRefused(String sql) {
        Database.OpenException refusal =
                refusal(base().migration("curious", sql).build());
        assertThat(refusal.problem()).isEqualTo(Problem.SCHEMA_STEP_FAILED);
        assertThat(refusal).hasMessageContaining("tm_").hasMessageContaining("the engine's own");
    }

    @Test
    void stepMayReadWhatTheEngineKnowsAndUseNamesThatLookAlike() {
        database = replicas.reopen(
                database,
                base().migration(
                                "alike",
                                "ALTER TABLE item ADD COLUMN tm_year; UPDATE item SET tm_year = (SELECT count(*) FROM"
                                        + " tm_row);CREATE TABLE tmp(name); INSERT INTO tmp VALUES ('tm_row')")
                        .build());
        assertThat(Replicas.column(database, "SELECT tm_year FROM item")).containsExactly(1L);
    }
}
