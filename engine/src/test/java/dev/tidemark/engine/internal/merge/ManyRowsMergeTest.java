package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading, inserting and storing many rows at a time has the same result as one by one. */
class ManyRowsMergeTest {
    private static final int ROWS = 130;
    private static final Schema PLAIN = Schema.builder()
            .migration("item", "CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, place INTEGER)")
            .synced("item")
            .build();
    /** Refuses what the others have written. */
    private static final Schema STRICT =
            Schema.builder().migration("item", """
                CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, place INTEGER);
                CREATE TRIGGER item_refused BEFORE INSERT ON item WHEN NEW.title LIKE 'refused%' BEGIN
                  SELECT RAISE(ABORT, 'not here');
                END\
                """).synced("item").build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase one;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, PLAIN);
        one = replicas.open("one");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private List<UUID> insert(SqliteDatabase database) {
        List<UUID> ids = new ArrayList<>();
        database.write(tx -> {
            for (int place = 0; place < ROWS; place++) {
                UUID id = Replicas.id();
                tx.execute("INSERT INTO item VALUES (?, ?, ?)", id, "title " + place, place);
                ids.add(id);
            }
            return null;
        });
        return ids;
    }

    @Test
    void rowsThatAreRefusedAmongManyAreHiddenAloneAndShownOnceTheyAreNotRefused() {
        insert(one);
        Replicas.run(one, "UPDATE item SET title = 'refused ' || place WHERE place IN (0, 49, 70, 129)");
        SqliteDatabase two = replicas.open("two", STRICT);
        Replicas.sync(one, two);
        assertThat(two.hiddenRows()).hasSize(4).allMatch(row -> row.reason() == HiddenRow.Reason.REFUSED);
        assertThat(Replicas.value(two, "SELECT count(*) FROM item")).isEqualTo(ROWS - 4L);

        Replicas.run(one, "UPDATE item SET title = 'allowed' WHERE title LIKE 'refused%'");
        Replicas.sync(one, two);
        assertThat(two.hiddenRows()).isEmpty();
        assertThat(two.dump()).isEqualTo(one.dump());
        assertThat(StateDump.of(two)).isEqualTo(StateDump.of(one));
    }

    @Test
    void newAndKnownAndDeletedRowsInOneBatchMeetTheirState() {
        List<UUID> ids = insert(one);
        SqliteDatabase two = replicas.open("two");
        Replicas.sync(one, two);
        Replicas.run(one, "DELETE FROM item WHERE place % 3 = 0");
        Replicas.run(one, "UPDATE item SET title = 'one' WHERE place % 3 = 1");
        Replicas.run(two, "UPDATE item SET title = 'two' WHERE place % 2 = 0");
        insert(one);
        insert(two);
        Replicas.run(one, "INSERT INTO item VALUES (?, 'back', 1000)", ids.getFirst());
        Replicas.sync(one, two);
        assertThat(two.dump()).isEqualTo(one.dump());
        assertThat(StateDump.of(two)).isEqualTo(StateDump.of(one));
        assertThat(Replicas.column(two, "SELECT title FROM item WHERE place = 1000"))
                .hasSize(1);
    }

    @Test
    void uniqueConflictsInOneBatchKnowEachOthersContext() {
        UUID id = insert(one).getFirst();
        SqliteDatabase two = replicas.open("two");
        SqliteDatabase three = replicas.open("three");
        Replicas.syncAll(one, two, three);
        Replicas.run(one, "UPDATE item SET title = 'one' WHERE id = ?", id);
        Replicas.run(two, "UPDATE item SET title = 'two' WHERE id = ?", id);
        Replicas.run(three, "UPDATE item SET title = 'three' WHERE id = ?", id);
        Replicas.sync(one, two);
        // Both rivals are new to the fourth, and in one batch.
        SqliteDatabase four = replicas.open("four");
        Replicas.sync(one, four);
        assertThat(four.conflicts()).hasSize(1).isEqualTo(one.conflicts());
        Replicas.syncAll(one, two, three, four);
        assertThat(four.conflicts()).hasSize(2);
        assertThat(four.dump()).isEqualTo(one.dump());
        assertThat(StateDump.of(four)).isEqualTo(StateDump.of(one));
        Replicas.run(four, "UPDATE item SET title = 'all seen' WHERE id = ?", id);
        Replicas.syncAll(one, two, three, four);
        assertThat(one.conflicts()).isEmpty();
        assertThat(StateDump.of(one)).isEqualTo(StateDump.of(four));
    }
}
