package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** After any changes of another replica, every item can be read, found and exported, and two devices are equal. */
class MergeFuzzTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    /** Within the hour of {@link TwoDevices}. */
    private static final long MILLIS = 1_795_250_000_000L;

    @TempDir
    private static Path folder;

    private static int libraries;

    @MethodSource("soundChanges")
    @FuzzTest
    void changes(byte[] input) throws IOException {
        libraries++;
        try (TwoDevices devices = new TwoDevices(Files.createDirectory(folder.resolve(Integer.toString(libraries))))) {
            Database database = devices.laptop();
            List<UUID> rows = new ArrayList<>();
            rows.add(new Items(database).add(NewItem.todo("Milk").withTags(List.of("home"))));
            rows.add(new Items(database).add(NewItem.todo("Bread").withBody("b")));
            rows.addAll(ids(database, "SELECT id FROM tag"));
            database.changelog().append(new Batch(InventedChanges.of(input, rows, MILLIS)));
            assertThatAllCanBeRead(database);
            devices.sync();
            assertThatAllCanBeRead(devices.phone());
        }
    }

    private static List<UUID> ids(Database database, String sql) {
        return database.list(Query.of(sql).map(row -> row.uuid("id")));
    }

    private static void assertThatAllCanBeRead(Database database) throws IOException {
        List<UUID> items = ids(database, "SELECT id FROM item ORDER BY id");
        assertThat(database.list(ItemQueries.page(null, items.size() + 1)))
                .extracting(Item::id)
                .containsExactlyElementsOf(items);
        assertThat(Stream.of(true, false)
                        .flatMap(trashed -> database.list(ItemQueries.items(null, true, trashed)).stream())
                        .map(Item::id))
                .containsExactlyInAnyOrderElementsOf(items);
        assertThat(Stream.of(new ItemSource.All(), new ItemSource.Trash())
                        .flatMap(view -> database.list(ItemQueries.rows(view, true)).stream())
                        .map(ItemRow::id))
                .containsExactlyInAnyOrderElementsOf(items);
        StringBuilder export = new StringBuilder();
        assertThat(ItemExport.write(database, export)).isEqualTo(items.size());
        assertThat(export.toString().lines().map(ImportLine::parse).map(ImportLine::id))
                .containsExactlyElementsOf(items);
        views(database, items).forEach(view -> {
            ViewOptions arrangement = ViewOptions.of(view);
            List<ItemRow> rows = database.list(ItemQueries.rows(view, arrangement));
            assertThat(rows).as("%s", view).extracting(ItemRow::title).doesNotContainNull();
            assertThat(database.list(ItemQueries.summaries(view, arrangement))).hasSameSizeAs(rows);
            assertThat(database.list(ItemQueries.count(view, arrangement))).containsExactly(rows.size());
        });
        items.forEach(item -> {
            assertThat(database.list(ItemQueries.item(item))).hasSize(1);
            database.list(Attachment.of(item));
        });
        assertThat(database.list(SidebarQueries.counts(TODAY))).hasSize(1);
        database.list(ItemQueries.reminders());
        database.list(ItemQueries.tagNames());
        ConflictLine.all(database).forEach(line -> assertThat(line.toString()).doesNotContain("[B@"));
        ConflictLine.resolvable(database).forEach(conflict -> ConflictLine.subject(database, conflict));
    }

    private static Stream<ItemSource> views(Database database, List<UUID> items) {
        List<ItemSource> views = new ArrayList<>(List.of(
                new ItemSource.Inbox(),
                new ItemSource.Today(TODAY),
                new ItemSource.Upcoming(TODAY),
                new ItemSource.All(),
                new ItemSource.Notes(),
                new ItemSource.Completed(),
                new ItemSource.Trash(),
                new ItemSource.Conflicts(Set.copyOf(items)),
                new ItemSource.SearchResults("milk -x tag:home due:<2027-01-01", TODAY, null)));
        database.list(SidebarQueries.lists()).forEach(list -> views.add(new ItemSource.OfList(list.id())));
        database.list(SidebarQueries.tags()).forEach(label -> views.add(new ItemSource.OfTag(label.name())));
        database.list(SidebarQueries.searches())
                .forEach(saved -> views.add(new ItemSource.SearchResults(saved.query(), TODAY, saved.id())));
        return views.stream();
    }

    static List<byte[]> soundChanges() {
        return Stream.of(1, 2)
                .map(seed -> {
                    byte[] bytes = new byte[800];
                    new Random(seed).nextBytes(bytes);
                    return bytes;
                })
                .toList();
    }

    @Test
    void mutationsOfChangesAreMergedAndShown() {
        Mutations.run(soundChanges(), 125, this::changes);
    }
}
