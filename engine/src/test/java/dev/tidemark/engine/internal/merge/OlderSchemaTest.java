package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/correctness.md#r11 and acceptance 30: an older program retains data that it does not know, passes it on, and
 * shows it after an upgrade.
 */
class OlderSchemaTest {
    private static final String FIRST = "CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT)";
    private static final String SECOND = """
        ALTER TABLE item ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';
        ALTER TABLE item ADD COLUMN weight INTEGER;
        CREATE TABLE box(id BLOB PRIMARY KEY NOT NULL, label TEXT, item_id BLOB REFERENCES item(id))\
        """;
    private static final Schema OLD =
            Schema.builder().migration("one", FIRST).synced("item").build();
    private static final Schema NEW = Schema.builder()
            .migration("one", FIRST)
            .migration("two", SECOND)
            .synced("item", "box")
            .build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase young;
    private SqliteDatabase old;
    private final UUID item = Replicas.id();
    private final UUID box = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, NEW);
        young = replicas.open("young", NEW);
        old = replicas.open("old", OLD);
        Replicas.run(young, "INSERT INTO item VALUES (?, 'ball', 'red', 3)", item);
        Replicas.run(young, "INSERT INTO box VALUES (?, 'toys', ?)", box, item);
        Replicas.sync(young, old);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void expectAlike(SqliteDatabase... others) {
        for (SqliteDatabase other : others) {
            assertThat(StateDump.of(other)).isEqualTo(StateDump.of(young));
            assertThat(other.dump()).isEqualTo(young.dump());
            assertThat(other.conflicts()).isEqualTo(young.conflicts());
        }
    }

    @Test
    void knownPartIsShownAndTheRestCounted() {
        assertThat(Replicas.column(old, "SELECT title FROM item")).containsExactly("ball");
        assertThat(old.waitingCells()).hasSize(4);
        assertThat(old.waitingCells())
                .extracting(cell -> cell.table() + "." + cell.column() + " " + cell.row())
                .containsExactly(
                        "box.item_id " + box, "box.label " + box, "item.colour " + item, "item.weight " + item);
        assertThat(old.waitingCells().getLast().value()).isEqualTo(3L);
        assertThat(old.dump()).contains("colour='red'").contains("label='toys'");
        assertThat(old.hiddenRows()).isEmpty();
    }

    @Test
    void unknownPartIsPassedOnAndShownAfterTheUpgrade() {
        SqliteDatabase third = replicas.open("third", NEW);
        Replicas.pull(old, third, Batch.Limit.DEFAULT);
        expectAlike(third);
        old = replicas.reopen(old, NEW);
        assertThat(old.waitingCells()).isEmpty();
        assertThat(Replicas.column(old, "SELECT colour || weight FROM item")).containsExactly("red3");
        assertThat(Replicas.column(old, "SELECT label FROM box")).containsExactly("toys");
        expectAlike(old);
        Replicas.run(old, "UPDATE item SET weight = 4");
        Replicas.sync(young, old);
        expectAlike(old);
    }

    @Test
    void editsOfTheOlderProgramLeaveTheUnknownPartAlone() {
        Replicas.run(old, "UPDATE item SET title = 'round ball'");
        Replicas.run(young, "UPDATE item SET weight = 5");
        Replicas.sync(young, old);
        assertThat(Replicas.value(young, "SELECT title || colour || weight FROM item"))
                .isEqualTo("round ballred5");
        Replicas.run(old, "INSERT OR REPLACE INTO item VALUES (?, 'square')", item);
        Replicas.sync(young, old);
        assertThat(Replicas.value(young, "SELECT title || colour || weight FROM item"))
                .isEqualTo("squarered5");
        old = replicas.reopen(old, NEW);
        expectAlike(old);
    }

    @Test
    void rowOfTheOlderProgramHasDefaultsUntrackedUntilSomebodyWrites() {
        UUID plain = Replicas.id();
        Replicas.run(old, "INSERT INTO item VALUES (?, 'plain')", plain);
        Replicas.sync(young, old);
        assertThat(Replicas.value(young, "SELECT colour FROM item WHERE id = ?", plain))
                .isEqualTo("grey");
        int changes = Replicas.changes(young).size();
        Replicas.run(young, "UPDATE item SET title = 'still plain' WHERE id = ?", plain);
        assertThat(Replicas.changes(young).getLast().values()).containsOnlyKeys("title");
        assertThat(Replicas.changes(young)).hasSize(changes + 1);
        Replicas.sync(young, old);
        old = replicas.reopen(old, NEW);
        expectAlike(old);
    }

    @Test
    void deleteByTheOlderProgramHasNotSeenWhatItDoesNotShow() {
        Replicas.run(young, "UPDATE item SET colour = 'blue'");
        Replicas.sync(young, old);
        Replicas.run(young, "UPDATE box SET item_id = NULL");
        Replicas.run(old, "DELETE FROM item");
        Replicas.sync(young, old);
        assertThat(Replicas.column(young, "SELECT * FROM item")).isEmpty();
        assertThat(young.conflicts()).as("the edit of the colour was not seen").hasSize(1);
        Replicas.run(young, "INSERT INTO item(id, title, colour) VALUES (?, 'again', 'green')", item);
        Replicas.sync(young, old);
        assertThat(Replicas.column(old, "SELECT title FROM item")).containsExactly("again");
        old = replicas.reopen(old, NEW);
        expectAlike(old);
    }

    @Test
    void deleteAndRevivalKeepWaitingCells() {
        Replicas.run(young, "UPDATE box SET item_id = NULL");
        Replicas.sync(young, old);
        SqliteDatabase other = replicas.open("other", OLD);
        Replicas.sync(old, other);
        Replicas.run(old, "DELETE FROM item");
        Replicas.run(other, "UPDATE item SET title = 'revived'");
        Replicas.syncAll(old, other, young);
        assertThat(Replicas.value(young, "SELECT title || colour || weight FROM item"))
                .isEqualTo("revivedred3");
        old = replicas.reopen(old, NEW);
        other = replicas.reopen(other, NEW);
        expectAlike(old, other);
    }

    @Test
    void conflictsOfUnknownColumnsAreFoundAlike() {
        SqliteDatabase second = replicas.open("second", NEW);
        Replicas.sync(young, second);
        Replicas.run(young, "UPDATE item SET colour = 'blue'");
        Replicas.run(second, "UPDATE item SET colour = 'green'");
        Replicas.syncAll(old, young, second);
        assertThat(young.conflicts()).hasSize(1);
        assertThat(old.conflicts()).isEqualTo(young.conflicts());
        old = replicas.reopen(old, NEW);
        expectAlike(old, second);
    }

    @Test
    void childOfUnknownTableWaitsForItsParentToo() {
        Replicas.run(young, "UPDATE box SET item_id = NULL");
        Replicas.run(young, "DELETE FROM item");
        Replicas.run(young, "INSERT INTO item(id, title) VALUES (?, 'new')", item);
        Replicas.run(young, "UPDATE box SET item_id = ?", item);
        Replicas.sync(young, old);
        Replicas.run(old, "DELETE FROM item");
        old = replicas.reopen(old, NEW);
        assertThat(Replicas.column(old, "SELECT * FROM box")).isEmpty();
        assertThat(old.hiddenRows()).hasSize(1);
        Replicas.sync(young, old);
        expectAlike(old);
        assertThat(young.hiddenRows()).isEqualTo(old.hiddenRows());
    }

    @Test
    void upgradeThatWasCutShortShowsWhatWaitedAtTheNextOpening() throws Exception {
        old.close();
        try (java.sql.Connection raw = java.sql.DriverManager.getConnection("jdbc:sqlite:" + old.file());
                java.sql.Statement statement = raw.createStatement()) {
            // What a program that migrated and was then killed leaves behind.
            statement.executeUpdate(SECOND);
            statement.executeUpdate("UPDATE tm_state SET schema = 2");
        }
        old = replicas.open("old", NEW);
        assertThat(Replicas.column(old, "SELECT colour || weight FROM item")).containsExactly("red3");
        assertThat(Replicas.column(old, "SELECT label FROM box")).containsExactly("toys");
        expectAlike(old);
    }

    @Test
    void threeVersionsListWhatTheyCannotShowAndShowItWhenTheyCan() {
        Schema newest = Schema.builder()
                .migration("one", FIRST)
                .migration("two", SECOND)
                .migration("three", """
                    CREATE TABLE lid(id BLOB PRIMARY KEY NOT NULL, box_id BLOB NOT NULL REFERENCES box(id));
                    ALTER TABLE box ADD COLUMN depth REAL\
                    """)
                .synced("item", "box", "lid")
                .build();
        SqliteDatabase third = replicas.open("third", newest);
        Replicas.sync(old, third);
        UUID lid = Replicas.id();
        Replicas.run(third, "INSERT INTO lid VALUES (?, ?)", lid, box);
        Replicas.run(third, "UPDATE box SET depth = 0.5");
        Replicas.sync(third, old);
        Replicas.run(young, "DELETE FROM box");
        Replicas.sync(old, young);
        Replicas.sync(old, third);
        assertThat(third.hiddenRows()).as("its box is deleted").hasSize(1);
        assertThat(young.hiddenRows()).isEmpty();
        assertThat(young.waitingCells()).extracting(WaitingCell::column).containsExactly("depth", "box_id");
        assertThat(old.waitingCells()).extracting(WaitingCell::column).contains("depth", "box_id", "label", "colour");
        young = replicas.reopen(young, newest);
        old = replicas.reopen(old, newest);
        for (SqliteDatabase each : List.of(young, old)) {
            assertThat(each.waitingCells()).isEmpty();
            assertThat(each.hiddenRows()).isEqualTo(third.hiddenRows());
        }
        Replicas.run(young, "INSERT INTO box(id, label) VALUES (?, 'again')", box);
        Replicas.syncAll(young, old, third);
        assertThat(Replicas.column(old, "SELECT id FROM lid")).hasSize(1);
        expectAlike(old, third);
    }

    @Test
    void migrationRunsWithForeignKeysOff() {
        Schema rebuilt = Schema.builder()
                .migration("one", FIRST)
                .migration("two", SECOND)
                .migration("rebuild", """
                    CREATE TABLE item_new(id BLOB PRIMARY KEY NOT NULL, title TEXT, colour TEXT NOT NULL DEFAULT 'grey',
                      weight INTEGER, size TEXT);
                    INSERT INTO item_new SELECT id, title, colour, weight, NULL FROM item;
                    DROP TABLE item;
                    ALTER TABLE item_new RENAME TO item\
                    """)
                .synced("item", "box")
                .build();
        young = replicas.reopen(young, rebuilt);
        assertThat(Replicas.column(young, "SELECT label FROM box")).containsExactly("toys");
        assertThat(Replicas.column(young, "SELECT title FROM item")).containsExactly("ball");
        assertThat(Replicas.changes(young))
                .as("the rebuild is news, and changes no row")
                .hasSize(3);
        Replicas.run(young, "UPDATE item SET size = 'L'");
        Replicas.sync(young, old);
        assertThat(old.waitingCells()).hasSize(5);
        assertThat(List.of(old.changelog().vector()))
                .containsExactly(young.changelog().vector());
    }
}
