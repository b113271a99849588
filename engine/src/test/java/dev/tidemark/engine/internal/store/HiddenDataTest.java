package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.HiddenRow.Reason;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r1 and #r2: data that no table shows is listed with its reason, and each decision converges. */
class HiddenDataTest {
    private static final String FIRST = """
        CREATE TABLE box(id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT 'unnamed');
        CREATE TABLE tag(id BLOB PRIMARY KEY NOT NULL, box_id BLOB NOT NULL REFERENCES box(id) ON DELETE CASCADE,
          code TEXT UNIQUE)\
        """;
    private static final Schema OLD =
            Schema.builder().migration("one", FIRST).synced("box", "tag").build();
    private static final Schema NEW = Schema.builder()
            .migration("one", FIRST)
            .migration("two", "ALTER TABLE box ADD COLUMN colour TEXT")
            .synced("box", "tag")
            .build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;
    private final UUID box = Replicas.id();
    private final UUID tag = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, OLD);
        a = replicas.open("a");
        b = replicas.open("b");
        Replicas.run(a, "INSERT INTO box VALUES (?, 'toys')", box);
        Replicas.sync(a, b);
    }

    @AfterEach
    void close() {
        Replicas.syncAll(a, b);
        expectAlike();
        replicas.close();
    }

    private void expectAlike() {
        assertThat(StateDump.of(b)).isEqualTo(StateDump.of(a));
        assertThat(b.dump()).isEqualTo(a.dump());
        assertThat(list(b)).isEqualTo(list(a));
        assertThat(b.hiddenDataCounts()).isEqualTo(a.hiddenDataCounts());
    }

    private static List<HiddenData> list(Database database) {
        return database.hiddenData(Stream::toList);
    }

    private HiddenData only(Database database) {
        assertThat(list(database)).hasSize(1);
        return list(database).getFirst();
    }

    private static void expectCount(Database database, Reason reason, long number) {
        assertThat(database.hiddenDataCounts().hidden())
                .containsEntry(reason, number)
                .hasSize(Reason.values().length);
    }

    /** B adds a tag to the box that A has deleted meanwhile. */
    private void orphan() {
        Replicas.run(a, "DELETE FROM box");
        Replicas.run(b, "INSERT INTO tag VALUES (?, ?, 'x')", tag, box);
        Replicas.sync(a, b);
    }

    /** A device that is retired edited the box after both had collected its tombstone. */
    private void editCollected(UUID row, String table, Map<String, @Nullable Object> values) {
        Change edit = new Change(
                new Dot(ReplicaId.random(), 1),
                1L << 52,
                1_000,
                CausalContext.EMPTY,
                Change.Kind.UPDATE,
                table,
                row,
                values);
        a.changelog().append(new Batch(List.of(edit)));
        Replicas.sync(a, b);
    }

    @Test
    void aChildOfADeletedRowNamesItsValuesItsWriterAndWhoDeletedTheParent() {
        orphan();
        HiddenData data = only(a);
        assertThat(data.hidden()).isEqualTo(new HiddenRow("tag", tag, Reason.PARENT, "box", box));
        assertThat(data.values()).containsEntry("code", "x").containsOnlyKeys("box_id", "code");
        assertThat(data.waiting()).isEmpty();
        assertThat(data.changed().replica()).isEqualTo(b.replica());
        assertThat(data.blockerDeleted()).isNotNull().satisfies(delete -> {
            assertThat(delete.replica()).isEqualTo(a.replica());
            assertThat(delete.wallMillis()).isPositive();
        });
        expectCount(a, Reason.PARENT, 1);
        expectAlike();
    }

    @Test
    void restoringTheParentShowsTheChildOnBothDevices() {
        orphan();
        assertThat(a.<Boolean, RuntimeException>write(tx -> tx.restore("box", box)))
                .isTrue();
        Replicas.sync(a, b);
        for (SqliteDatabase each : List.of(a, b)) {
            assertThat(Replicas.column(each, "SELECT code FROM tag")).containsExactly("x");
            assertThat(each.hiddenDataCounts().isEmpty()).isTrue();
        }
    }

    @Test
    void deletingTheChildEndsItOnBothDevices() {
        orphan();
        assertThat(b.<Boolean, RuntimeException>write(tx -> tx.delete("tag", tag)))
                .isTrue();
        Replicas.sync(a, b);
        assertThat(list(a)).isEmpty();
        assertThat(a.conflicts()).isEmpty();
    }

    @Test
    void theRowThatHoldsAUniqueValueIsNamed() {
        UUID later = Replicas.id();
        Replicas.run(a, "INSERT INTO tag VALUES (?, ?, 'same')", tag, box);
        Replicas.run(b, "INSERT INTO tag VALUES (?, ?, 'same')", later, box);
        Replicas.sync(a, b);
        HiddenData data = only(b);
        assertThat(data.hidden()).isEqualTo(new HiddenRow("tag", later, Reason.UNIQUE_CONFLICT, "tag", tag));
        assertThat(data.blockerDeleted()).as("it is shown").isNull();
        expectCount(b, Reason.UNIQUE_CONFLICT, 1);
        Replicas.run(a, "UPDATE tag SET code = 'other'");
        Replicas.sync(a, b);
        assertThat(list(b)).isEmpty();
    }

    @Test
    void aRowWithoutARequiredValueIsIncomplete() {
        Change insert = new Change(
                new Dot(ReplicaId.random(), 1),
                1L << 52,
                0,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "tag",
                tag,
                Map.of("code", "lonely"));
        a.changelog().append(new Batch(List.of(insert)));
        HiddenData data = only(a);
        assertThat(data.hidden()).isNotNull().extracting(HiddenRow::reason).isEqualTo(Reason.INCOMPLETE);
        assertThat(data.values()).containsExactly(Map.entry("code", "lonely"));
        expectCount(a, Reason.INCOMPLETE, 1);
    }

    @Test
    void waitingCellsOfAShownRowAreListedWithTheirColumnsAndWriter() {
        SqliteDatabase newer = replicas.open("newer", NEW);
        Replicas.sync(newer, a);
        Replicas.run(newer, "UPDATE box SET colour = 'red'");
        Replicas.run(a, "UPDATE box SET name = 'books'");
        Replicas.sync(newer, a);
        HiddenData data = only(a);
        assertThat(data.hidden()).isNull();
        assertThat(data.waiting()).containsExactly("colour");
        assertThat(data.values()).as("only what waits").containsExactly(Map.entry("colour", "red"));
        assertThat(data.changed().replica()).isEqualTo(newer.replica());
        assertThat(a.hiddenDataCounts().waiting()).isEqualTo(1);
        assertThat(newer.hiddenDataCounts().isEmpty()).isTrue();

        Replicas.run(a, "DELETE FROM box");
        assertThat(list(a)).as("what was deleted does not wait").isEmpty();
        assertThat(a.hiddenDataCounts().isEmpty()).isTrue();
    }

    @Test
    void waitingCellsOfShownHiddenAndCollectedRowsAreCountedAsListed() {
        SqliteDatabase newer = replicas.open("newer", NEW);
        Replicas.sync(newer, a);
        Replicas.run(newer, "UPDATE box SET colour = 'red'");
        editCollected(Replicas.id(), "box", Map.of("name", "late", "colour", "blue", "size", 3L));
        editCollected(Replicas.id(), "shelf", Map.of("name", "unknown table"));
        Replicas.syncAll(newer, a, b);
        assertThat(a.waitingCells()).hasSize(4);
        assertThat(a.waitingCellCount()).isEqualTo(4);
        assertThat(newer.waitingCellCount()).isEqualTo(newer.waitingCells().size());
        Replicas.run(a, "DELETE FROM box");
        assertThat(a.waitingCellCount()).isEqualTo(a.waitingCells().size());
    }

    @Test
    void aRowOfAnUnknownTableIsListedUnlessItIsDeletedOrEmpty() {
        UUID shelf = Replicas.id();
        editCollected(shelf, "shelf", Map.of("name", "oak"));
        editCollected(Replicas.id(), "shelf", Map.of());
        Change delete = new Change(
                new Dot(ReplicaId.random(), 1),
                1L << 53,
                2_000,
                CausalContext.EMPTY,
                Change.Kind.DELETE,
                "shelf",
                Replicas.id(),
                Map.of());
        a.changelog().append(new Batch(List.of(delete)));
        HiddenData data = only(a);
        assertThat(data.row()).isEqualTo(shelf);
        assertThat(data.hidden()).isNull();
        assertThat(data.values()).containsExactly(Map.entry("name", "oak"));
        assertThat(a.hiddenDataCounts().waiting()).isEqualTo(1);
    }

    @Test
    void aRowEditedAfterGarbageCollectionIsRestoredWholeOnBothDevices() {
        UUID gone = Replicas.id();
        editCollected(gone, "box", Map.of("name", "edited late"));
        HiddenData data = only(b);
        assertThat(data.hidden()).isEqualTo(new HiddenRow("box", gone, Reason.TOMBSTONE_COLLECTED, null, null));
        assertThat(data.values()).containsExactly(Map.entry("name", "edited late"));
        assertThat(data.changed().wallMillis()).isEqualTo(1_000);
        expectCount(b, Reason.TOMBSTONE_COLLECTED, 1);

        List<Transaction.RowEdit> edits = b.write(tx -> {
            assertThat(tx.restore("box", gone)).isTrue();
            return tx.edits();
        });
        Replicas.sync(a, b);
        for (SqliteDatabase each : List.of(a, b)) {
            assertThat(Replicas.value(each, "SELECT name FROM box WHERE id = ?", gone))
                    .isEqualTo("edited late");
            assertThat(list(each)).isEmpty();
            assertThat(each.conflicts()).isEmpty();
        }
        b.write(tx -> {
            assertThat(tx.revert(edits)).isEmpty();
        });
        Replicas.sync(a, b);
        assertThat(Replicas.column(a, "SELECT 1 FROM box WHERE id = ?", gone)).isEmpty();
        assertThat(list(a)).isEmpty();
    }

    @Test
    void columnsWithoutAKnownValueGetTheirDefault() {
        UUID gone = Replicas.id();
        SqliteDatabase newer = replicas.open("newer", NEW);
        Replicas.sync(newer, a);
        editCollected(gone, "box", Map.of("colour", "red"));
        Replicas.sync(newer, a);
        newer.write(tx -> {
            assertThat(tx.restore("box", gone)).isTrue();
        });
        Replicas.syncAll(newer, a, b);
        assertThat(Replicas.value(newer, "SELECT name || colour FROM box WHERE id = ?", gone))
                .isEqualTo("unnamedred");
        assertThat(Replicas.value(b, "SELECT name FROM box WHERE id = ?", gone)).isEqualTo("unnamed");
    }

    @Test
    void aRowEditedAfterGarbageCollectionIsDiscardedOnBothDevices() {
        UUID gone = Replicas.id();
        editCollected(gone, "box", Map.of("name", "edited late"));
        assertThat(a.<Boolean, RuntimeException>write(tx -> tx.delete("box", gone)))
                .isTrue();
        Replicas.sync(a, b);
        assertThat(list(b)).isEmpty();
        assertThat(b.conflicts()).isEmpty();
        assertThat(a.<Boolean, RuntimeException>write(tx -> tx.delete("box", gone)))
                .as("it is deleted already")
                .isFalse();
    }

    @Test
    void aDiscardInTheTransactionThatRestoredDeletesIt() {
        UUID gone = Replicas.id();
        editCollected(gone, "box", Map.of("name", "edited late"));
        a.write(tx -> {
            tx.restore("box", gone);
            assertThat(tx.delete("box", gone)).isTrue();
        });
        Replicas.sync(a, b);
        assertThat(list(b)).isEmpty();
        assertThat(Replicas.column(b, "SELECT 1 FROM box WHERE id = ?", gone)).isEmpty();
    }

    @Test
    void aRowWithoutARequiredValueCannotBeRestoredAndStaysListed() {
        editCollected(tag, "tag", Map.of("code", "y"));
        assertThatThrownBy(() -> a.write(tx -> {
                    tx.restore("tag", tag);
                }))
                .isInstanceOf(QueryException.class);
        assertThat(only(a).values()).containsEntry("code", "y");
    }

    @Test
    void theListIsOrderedAndTheReaderTakesAsMuchAsItNeeds() {
        orphan();
        for (int index = 0; index < 3; index++) {
            editCollected(Replicas.id(), "box", Map.of("name", "box " + index));
        }
        List<HiddenData> all = list(a);
        assertThat(all).extracting(HiddenData::table).containsExactly("box", "box", "box", "tag");
        assertThat(all.subList(0, 3)).extracting(data -> data.row().toString()).isSorted();
        assertThat(a.<List<HiddenData>>hiddenData(rows -> rows.limit(2).toList()))
                .isEqualTo(all.subList(0, 2));
        expectCount(a, Reason.TOMBSTONE_COLLECTED, 3);
        expectCount(a, Reason.PARENT, 1);
        assertThat(a.hiddenRows()).hasSize(4);
    }
}
