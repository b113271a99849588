package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decision 55: cells wait if their value does not have the type that a STRICT table declares. Programs whose tables are
 * not STRICT write such values.
 */
class DeclaredTypesTest {
    private static final String TABLES = """
        CREATE TABLE item(
          id BLOB PRIMARY KEY NOT NULL, title TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0,
          weight REAL, code TEXT UNIQUE, extra%s)%s;
        CREATE TABLE tag(
          id BLOB PRIMARY KEY NOT NULL, item_id BLOB NOT NULL REFERENCES item(id), name TEXT NOT NULL)%s\
        """;
    private static final Schema STRICT = schema(" ANY", " STRICT");
    private static final Schema LOOSE = schema("", "");

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase strict;
    private SqliteDatabase loose;
    private final UUID item = Replicas.id();

    private static Schema schema(String any, String strict) {
        return Schema.builder()
                .migration("create", TABLES.formatted(any, strict, strict))
                .synced("item", "tag")
                .build();
    }

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, STRICT);
        strict = replicas.open("strict", STRICT);
        loose = replicas.open("loose", LOOSE);
        Replicas.run(strict, "INSERT INTO item VALUES (?, 'milk', 3, 1.5, 'a', 7)", item);
        Replicas.sync(strict, loose);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private Object shown() {
        return Replicas.value(
                strict, "SELECT title || ',' || rank || ',' || coalesce(weight, '-') || ',' || extra FROM item");
    }

    private void soil() {
        Replicas.run(loose, "UPDATE item SET title = x'00ff', rank = 'high', weight = x'01', extra = 'text'");
        Replicas.sync(strict, loose);
    }

    @Test
    void cellsOfAnotherTypeWaitAndTheRestOfTheRowIsShown() {
        soil();
        assertThat(shown()).isEqualTo(",0,-,text");
        assertThat(strict.waitingCells()).extracting(WaitingCell::column).containsExactly("rank", "title", "weight");
        assertThat(strict.waitingCells().get(1).value()).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(strict.waitingCellCount()).isEqualTo(3);
        assertThat(strict.hiddenRows()).isEmpty();
        assertThat(strict.maintenance().repair().changed()).isZero();
        assertThat(strict.waitingCellCount()).isEqualTo(3);
        assertThat(StateDump.of(strict)).isEqualTo(StateDump.of(loose));
    }

    @Test
    void anEditOfAnotherColumnLeavesThemAloneAndOneOfTheirsStandsBesideThem() {
        soil();
        Replicas.run(strict, "UPDATE item SET extra = 8");
        assertThat(strict.waitingCellCount()).isEqualTo(3);
        assertThat(strict.conflicts()).isEmpty();
        Replicas.run(strict, "UPDATE item SET title = 'bread', extra = 9");
        assertThat(shown()).isEqualTo("bread,0,-,9");
        assertThat(strict.waitingCells()).extracting(WaitingCell::column).containsExactly("rank", "weight");
        assertThat(strict.conflicts())
                .as("nobody has seen the value that waited")
                .extracting(Conflict::column)
                .containsExactly("title");
        Replicas.sync(strict, loose);
        assertThat(loose.conflicts()).isEqualTo(strict.conflicts());
        assertThat(StateDump.of(loose)).isEqualTo(StateDump.of(strict));
        strict.write(tx -> {
            tx.resolve("item", item, "title");
            return tx;
        });
        assertThat(strict.conflicts()).isEmpty();
        assertThat(shown()).isEqualTo("bread,0,-,9");
        Replicas.run(loose, "UPDATE item SET rank = 4, weight = 2.5");
        Replicas.sync(strict, loose);
        assertThat(shown()).isEqualTo("bread,4,2.5,9");
        assertThat(strict.waitingCells()).isEmpty();
        assertThat(StateDump.of(loose)).isEqualTo(StateDump.of(strict));
    }

    @Test
    void aRowThatNeedsTheCellIsHiddenUntilItIsOfTheDeclaredType() {
        UUID tag = Replicas.id();
        Replicas.run(loose, "INSERT INTO tag VALUES (?, ?, 5)", tag, item);
        Replicas.run(loose, "UPDATE item SET code = x'61'");
        Replicas.run(loose, "UPDATE tag SET name = x'05'");
        Replicas.sync(strict, loose);
        assertThat(strict.hiddenRows())
                .extracting(HiddenRow::row, HiddenRow::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(tag, HiddenRow.Reason.INCOMPLETE));
        Replicas.run(loose, "UPDATE tag SET name = 'home'");
        Replicas.sync(strict, loose);
        assertThat(Replicas.column(strict, "SELECT name FROM tag")).containsExactly("home");
    }

    @Test
    void deletedRowsAndSnapshotsKeepThem() {
        soil();
        SqliteDatabase fresh = replicas.open("fresh", STRICT);
        fresh.changelog().installSnapshot(strict.snapshot());
        assertThat(fresh.waitingCells()).hasSize(3);
        assertThat(StateDump.of(fresh)).isEqualTo(StateDump.of(strict));
        Replicas.run(strict, "DELETE FROM item");
        Replicas.run(loose, "UPDATE item SET extra = 'edited elsewhere'");
        Replicas.sync(strict, loose);
        assertThat(shown()).isEqualTo(",0,-,edited elsewhere");
        assertThat(strict.waitingCells()).hasSize(3);
        strict = replicas.reopen(strict);
        assertThat(strict.waitingCells()).hasSize(3);
        assertThat(StateDump.of(strict)).isEqualTo(StateDump.of(loose));
    }

    @Test
    void aTransactionHereIsRefusedAndAThousandRowsOfWhichOneIsWrongAreShown() {
        assertThatThrownBy(() -> Replicas.run(strict, "UPDATE item SET rank = 'high'"))
                .isInstanceOf(QueryException.class);
        loose.write(tx -> {
            for (int row = 0; row < 200; row++) {
                tx.execute(
                        "INSERT INTO item(id, title, rank) VALUES (?, ?, ?)",
                        Replicas.id(),
                        "row " + row,
                        row == 77 ? "high" : row);
            }
            return tx;
        });
        Replicas.pull(loose, strict, Batch.Limit.DEFAULT);
        assertThat(Replicas.column(strict, "SELECT count(*) FROM item")).isEqualTo(Arrays.asList(201L));
        assertThat(strict.waitingCells()).extracting(WaitingCell::value).containsExactly("high");
    }

    @Test
    void aRepairOfTheClockKeepsCellsThatWaitAndRowsThatAreHidden() {
        SqliteDatabase late = replicas.open("late", LOOSE, () -> Instant.now().plus(Duration.ofDays(730)));
        UUID deleted = Replicas.id();
        Replicas.run(strict, "INSERT INTO item(id, title) VALUES (?, 'deleted')", deleted);
        Replicas.run(strict, "INSERT INTO item(id) VALUES (?), (?)", Replicas.id(), Replicas.id());
        Replicas.syncAll(strict, late);
        Replicas.run(strict, "DELETE FROM item WHERE id = ?", deleted);
        Replicas.run(late, "INSERT INTO tag VALUES (?, ?, 'hidden')", Replicas.id(), deleted);
        Replicas.run(late, "UPDATE item SET rank = 'high' WHERE id = ?", item);
        Replicas.syncAll(strict, late);
        String before = strict.dump();
        assertThat(strict.hiddenRows()).hasSize(1);
        assertThat(strict.waitingCells()).hasSize(1);
        assertThat(strict.maintenance().repair().restamped()).isEqualTo(2);
        assertThat(strict.dump()).isEqualTo(before);
        SqliteDatabase fresh = replicas.open("fresh", STRICT);
        fresh.changelog().installSnapshot(strict.snapshot());
        assertThat(fresh.dump()).isEqualTo(before);
    }

    @Test
    void cellsOfARowThatIsDeletedWaitForNothing() {
        soil();
        Replicas.run(loose, "DELETE FROM item");
        Replicas.sync(strict, loose);
        assertThat(strict.waitingCellCount()).isZero();
        assertThat(strict.waitingCells()).isEmpty();
        assertThat(strict.retainedValues("item", item)).containsEntry("rank", "high");
        assertThat(Replicas.value(strict, "SELECT status FROM tm_row"))
                .as("a tombstone that can be collected")
                .isEqualTo(2L);
    }
}
