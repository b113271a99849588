package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.internal.read.PlainDatabase;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFinderTest {
    @TempDir
    Path folder;

    private final TableFinder finder = new TableFinder();
    private PlainDatabase database;
    private ReadPool pool;

    @BeforeEach
    void open() throws SQLException {
        database = PlainDatabase.create(folder);
        for (String sql : List.of(
                "CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, list BLOB REFERENCES list(id), n INTEGER)",
                "CREATE INDEX item_by_title ON item(title, n)",
                "CREATE TABLE list(id BLOB PRIMARY KEY NOT NULL, name TEXT)",
                "CREATE TABLE tag(item BLOB NOT NULL, name TEXT NOT NULL, PRIMARY KEY (item, name)) WITHOUT ROWID",
                "CREATE TABLE \"Odd \"\"Name\"(x)",
                "CREATE VIEW shown AS SELECT id, title FROM item WHERE n > 0",
                "CREATE VIEW shown_tags AS SELECT s.title, t.name FROM shown s JOIN tag t ON t.item = s.id",
                "CREATE TABLE log(x)",
                "CREATE TABLE summary(x)",
                "CREATE TABLE part(item BLOB REFERENCES item(id) ON DELETE CASCADE)",
                "CREATE VIRTUAL TABLE item_text USING fts5(title, content='item', content_rowid='rowid')",
                "CREATE VIRTUAL TABLE loose USING fts5(body)",
                "CREATE TRIGGER noted AFTER INSERT ON item BEGIN INSERT INTO log VALUES (1); END",
                "CREATE TRIGGER summed AFTER INSERT ON log BEGIN UPDATE summary SET x = x + 1; END",
                "CREATE TRIGGER indexed AFTER UPDATE OF title ON item BEGIN"
                        + " INSERT INTO item_text(rowid, title) VALUES (new.rowid, new.title); END")) {
            database.run(sql);
        }
        pool = database.pool(1);
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM item | item",
                "SELECT count(*) FROM item | item",
                "SELECT count(*) FROM tag | tag",
                "SELECT max(title) FROM item | item",
                "SELECT min(n) FROM item WHERE n > 3 | item",
                "SELECT title FROM item WHERE title = 'a' | item",
                "SELECT title, n FROM item ORDER BY title | item",
                "SELECT i.title, l.name FROM item AS i JOIN list AS l ON l.id = i.list | item list",
                "SELECT l.name FROM list l LEFT JOIN item ON item.list = l.id WHERE item.n IS NULL | item list",
                "SELECT * FROM item WHERE list IN (SELECT id FROM list WHERE name = 'x') | item list",
                "SELECT (SELECT count(*) FROM tag WHERE tag.item = item.id) FROM item | item tag",
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM list) | list",
                "SELECT * FROM item WHERE EXISTS (SELECT 1 FROM tag WHERE tag.item = item.id) | item tag",
                "SELECT * FROM item WHERE NOT EXISTS (SELECT 1 FROM tag WHERE tag.item = item.id) | item tag",
                "SELECT name FROM list UNION SELECT name FROM tag | list tag",
                "SELECT name FROM list EXCEPT SELECT title FROM item | item list",
                "SELECT name FROM list UNION ALL SELECT name FROM tag ORDER BY 1 LIMIT 3 | list tag",
                "WITH few AS (SELECT * FROM item LIMIT 3) SELECT count(*) FROM few | item",
                "WITH RECURSIVE up(id) AS (SELECT id FROM list UNION SELECT item.list FROM item JOIN up ON up.id ="
                        + " item.id) SELECT * FROM up | item list",
                "WITH a AS MATERIALIZED (SELECT * FROM tag), b AS (SELECT * FROM a) SELECT * FROM b, list | list tag",
                "SELECT * FROM shown | item",
                "SELECT * FROM shown_tags | item tag",
                "SELECT count(*) FROM (SELECT DISTINCT title FROM shown_tags) | item tag",
                "SELECT /* FROM list */ title FROM item -- JOIN tag | item",
                "SELECT 'FROM list' FROM item | item",
                "SELECT * FROM \"ITEM\" | item",
                "SELECT * FROM [Item] i, `Tag` t | item tag",
                "SELECT * FROM main.\"odd \"\"name\" | odd \"name",
                "SELECT row_number() OVER (PARTITION BY list ORDER BY n) FROM item | item",
                "SELECT title FROM item WHERE n = 1 OR title = 'b' OR list = x'00' | item",
                "SELECT title FROM item GROUP BY list HAVING count(*) > (SELECT count(*) FROM list) | item list",
                "SELECT json_group_array(value) FROM item, json_each(item.title) | item",
                "SELECT CASE WHEN 1 THEN 2 ELSE (SELECT x FROM log) END FROM item | item",
                "VALUES (1), ((SELECT count(*) FROM log)) | log",
                "SELECT 1 | ``",
            })
    void findsTheTables(String sql, String tables) {
        Set<String> expected = tables.equals("odd \"name") ? Set.of(tables) : split(tables);
        assertThat(withoutUnneeded(tablesOf(sql), sql)).as(sql).isEqualTo(expected);
    }

    /** SQLite may or may not open a table that cannot matter to the result. */
    private static Set<String> withoutUnneeded(Set<String> tables, String sql) {
        Set<String> kept = new java.util.TreeSet<>(tables);
        if (sql.contains("CASE WHEN 1")) {
            kept.remove("log");
        }
        return kept;
    }

    @Test
    void emptyTablesAndPartialIndexesAreFoundAlike() throws SQLException {
        assertThat(tablesOf("SELECT * FROM item JOIN list")).containsExactly("item", "list");
        database.run("CREATE INDEX few ON item(n) WHERE n > 100");
        database.run("ANALYZE");
        assertThat(tablesOf("SELECT n FROM item WHERE n > 200")).containsExactly("item");
    }

    @Test
    void fullTextTablesComeWithTheirShadowTables() {
        assertThat(tablesOf("SELECT * FROM loose l WHERE loose MATCH 'x'"))
                .contains("loose", "loose_data", "loose_content", "loose_idx")
                .doesNotContain("item_text", "item");
        assertThat(tablesOf("SELECT i.title FROM item_text('x') t JOIN item i ON i.rowid = t.rowid"))
                .contains("item_text", "item")
                .doesNotContain("loose");
    }

    @Test
    void namedTablesAreWatchedToo() {
        assertThat(tablesOf("SELECT * FROM list", Set.of("Item"))).containsExactly("item", "list");
    }

    @Test
    void newSchemaIsNoticed() throws SQLException {
        assertThat(tablesOf("SELECT * FROM shown")).containsExactly("item");
        database.run("DROP VIEW shown_tags");
        database.run("DROP VIEW shown");
        database.run("CREATE VIEW shown AS SELECT name FROM list");
        assertThat(tablesOf("SELECT * FROM shown")).containsExactly("list");
    }

    @Test
    void triggersAndCascadesAreFollowed() {
        assertThat(affectedBy("item"))
                .contains("item", "log", "summary", "part", "item_text", "item_text_data")
                .doesNotContain("list", "tag", "loose");
        assertThat(affectedBy("LIST")).containsExactly("list");
        assertThat(affectedBy("log")).containsExactly("log", "summary");
        assertThat(affectedBy("odd \"name")).containsExactly("odd \"name");
        assertThat(affectedBy("gone")).containsExactly("gone");
        assertThat(affectedBy("tm_replica")).containsExactly("tm_replica");
        assertThat(affectedBy("loose")).contains("loose");
    }

    @Test
    void brokenQueryIsRefused() {
        assertThatThrownBy(() -> tablesOf("SELECT * FROM nowhere"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("nowhere");
    }

    private Set<String> tablesOf(String sql) {
        return tablesOf(sql, Set.of());
    }

    private Set<String> tablesOf(String sql, Set<String> alsoReads) {
        return pool.inTransaction(reader -> finder.tablesOf(reader, sql, alsoReads));
    }

    private Set<String> affectedBy(String table) {
        return pool.inTransaction(reader -> finder.affectedBy(reader, Set.of(table)));
    }

    private static Set<String> split(String tables) {
        return tables.isEmpty() ? Set.of() : Set.of(tables.split(" "));
    }
}
