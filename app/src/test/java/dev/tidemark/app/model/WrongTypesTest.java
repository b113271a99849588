package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.WaitingCell;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A party with write access to an unencrypted storage writes values that no version of Tidemark ever wrote. */
class WrongTypesTest {
    private static final ReplicaId INVENTED = new ReplicaId(7);

    @TempDir
    Path folder;

    private TwoDevices devices;
    private Database database;
    private UUID item;
    private long sequence;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        database = devices.laptop();
        item = new Items(database).add(NewItem.todo("Milk").withTags(List.of("home")));
        new Items(database).add(NewItem.todo("Bread"));
    }

    @AfterEach
    void close() {
        devices.close();
    }

    private void forge(Change.Kind kind, String table, UUID row, Map<String, @Nullable Object> values) {
        sequence++;
        Change change = new Change(
                new Dot(INVENTED, sequence),
                (System.currentTimeMillis() << 12) + sequence,
                System.currentTimeMillis(),
                new CausalContext(database.changelog().vector().with(INVENTED, 0), Set.of()),
                kind,
                table,
                row,
                values);
        database.changelog().append(new Batch(List.of(change)));
    }

    private List<String> titles(ItemSource view) {
        return database.list(ItemQueries.rows(view, true)).stream()
                .map(ItemRow::title)
                .sorted()
                .toList();
    }

    private void assertAllCanBeRead() throws Exception {
        LocalDate today = LocalDate.of(2026, 11, 21);
        for (ItemSource view : List.of(
                new ItemSource.All(),
                new ItemSource.Today(today),
                new ItemSource.Upcoming(today),
                new ItemSource.SearchResults("bread", today, null))) {
            assertThat(titles(view)).doesNotContainNull();
        }
        assertThat(titles(new ItemSource.All())).contains("Bread");
        assertThat(database.list(ItemQueries.item(item))).hasSize(1);
        assertThat(database.list(ItemQueries.summaries(new ItemSource.All(), ViewOptions.DEFAULT.withDone(true))))
                .hasSize(2);
        assertThat(database.list(SidebarQueries.lists())).isNotNull();
        assertThat(database.list(SidebarQueries.tags())).isNotNull();
        assertThat(database.list(SidebarQueries.searches())).isNotNull();
        assertThat(database.list(SidebarQueries.week(today))).isNotEmpty();
        assertThat(database.list(Attachment.of(item))).isEmpty();
        StringBuilder export = new StringBuilder();
        assertThat(ItemExport.write(database, export)).isEqualTo(2);
        assertThat(export).contains("Bread");
        ConflictLine.all(database).forEach(line -> assertThat(line.toString()).doesNotContain("[B@"));
    }

    @Test
    void valuesOfAnotherTypeWaitAndEveryItemCanBeReadAndExported() throws Exception {
        forge(Change.Kind.UPDATE, "item", item, Map.of("title", new byte[] {0, 1}, "priority", "high", "done", 0.5));
        forge(
                Change.Kind.UPDATE,
                "item",
                item,
                Map.of("due", 20261121L, "position", new byte[] {1}, "list_id", "home"));
        forge(Change.Kind.UPDATE, "item", item, Map.of("created_at", "now", "reminder", 3L));
        assertThat(database.waitingCells())
                .extracting(WaitingCell::column)
                .containsExactly("created_at", "done", "due", "list_id", "position", "priority", "reminder", "title");
        assertThat(titles(new ItemSource.All())).containsExactly("", "Bread");
        assertAllCanBeRead();
        new Items(database).setTitle(item, "Milk again");
        assertThat(titles(new ItemSource.All())).containsExactly("Bread", "Milk again");
        assertAllCanBeRead();
        devices.sync();
    }

    @Test
    void valuesOfTheRightTypeThatMeanNothingAreReadAsNone() throws Exception {
        forge(
                Change.Kind.UPDATE,
                "item",
                item,
                Map.of("list_id", new byte[] {1, 2, 3}, "priority", 99L, "due", "soon", "kind", "", "done", -5L));
        forge(
                Change.Kind.UPDATE,
                "item",
                item,
                Map.of("created_at", Long.MIN_VALUE, "position", "\n", "reminder", "?"));
        forge(
                Change.Kind.INSERT,
                "attachment",
                new UUID(1, 2),
                Map.of("item_id", bytes(item), "name", "", "content", new byte[0], "size", -1L));
        assertThat(database.waitingCells()).isEmpty();
        assertThat(titles(new ItemSource.All())).containsExactly("Bread", "Milk");
        assertAllCanBeRead();
    }

    @Test
    void theWeekSkipsDueDatesThatDoNotExist() throws Exception {
        LocalDate today = LocalDate.of(2026, 11, 21);
        UUID butter = new Items(database).add(NewItem.todo("Butter").withDue(new Due(today)));
        forge(Change.Kind.UPDATE, "item", item, Map.of("due", "2026-11-2X"));
        assertThat(database.list(SidebarQueries.week(today)))
                .containsExactly(new DayLoad(null, 0), new DayLoad(today, 1));
        new Items(database).purge(butter);
        assertAllCanBeRead();
        forge(Change.Kind.UPDATE, "item", item, Map.of("due", "2026-11-31"));
        assertThat(database.list(SidebarQueries.week(LocalDate.of(2026, 11, 30))))
                .containsExactly(new DayLoad(null, 0));
    }

    @Test
    void listsAndTagsWithoutANameAreLeftOutOfAnExportSoThatItCanBeImported() throws Exception {
        UUID list = new UUID(1, 3);
        forge(Change.Kind.INSERT, "list", list, Map.of("name", "\u0085"));
        forge(Change.Kind.UPDATE, "item", item, Map.of("list_id", bytes(list)));
        forge(Change.Kind.INSERT, "tag", new UUID(1, 4), Map.of("item_id", bytes(item), "name", "# "));
        StringBuilder export = new StringBuilder();
        ItemExport.write(database, export);
        ItemImport read =
                ItemImport.read(new ByteArrayInputStream(export.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(database.read(read::plan).unchanged()).isEqualTo(2);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
