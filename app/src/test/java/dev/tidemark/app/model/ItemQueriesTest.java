package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemQueriesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @TempDir
    private Path folder;

    private Database database;
    private Items items;
    private UUID home;

    @BeforeEach
    void fill() {
        database = Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA);
        items = new Items(database);
        home = new Lists(database).add("Home");
        items.add(NewItem.todo("inbox"));
        items.add(NewItem.note("note").withBody("text"));
        items.add(NewItem.todo("at home").inList(home));
        items.add(NewItem.todo("overdue").withDue(Due.parse("2026-11-01")).inList(home));
        items.add(NewItem.todo("today").withDue(Due.parse("2026-11-21T09:30")));
        items.add(NewItem.todo("tomorrow").withDue(Due.parse("2026-11-22")));
        items.setDone(items.add(NewItem.todo("done today").withDue(Due.parse("2026-11-21"))), true);
        items.setDone(items.add(NewItem.todo("done before").withDue(Due.parse("2026-11-20"))), true);
        items.trash(items.add(NewItem.todo("trashed").inList(home)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> titles(ItemSource view, boolean withDone) {
        return database.list(ItemQueries.rows(view, withDone)).stream()
                .map(ItemRow::title)
                .sorted()
                .toList();
    }

    @Test
    void eachViewShowsItsItems() {
        assertThat(titles(new ItemSource.Inbox(), false)).containsExactly("inbox", "note", "today", "tomorrow");
        assertThat(titles(new ItemSource.Today(TODAY), false)).containsExactly("overdue", "today");
        assertThat(titles(new ItemSource.Today(TODAY), true)).containsExactly("done today", "overdue", "today");
        assertThat(titles(new ItemSource.Notes(), true)).containsExactly("note");
        assertThat(titles(new ItemSource.Trash(), false)).containsExactly("trashed");
        assertThat(titles(new ItemSource.OfList(home), true)).containsExactly("at home", "overdue");
        assertThat(titles(new ItemSource.All(), false)).hasSize(6);
        assertThat(titles(new ItemSource.All(), true)).hasSize(8).doesNotContain("trashed");
    }

    @Test
    void rowsHoldOnceWhatManyOfThemHave() {
        for (String title : List.of("one", "other")) {
            items.add(NewItem.todo(title)
                    .withDue(Due.parse("2026-12-24"))
                    .withTags(List.of("a", "b"))
                    .inList(home));
        }
        List<ItemRow> rows = database.list(ItemQueries.rows(new ItemSource.OfTag("a"), false));
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().due())
                .isEqualTo(Due.parse("2026-12-24"))
                .isSameAs(rows.getLast().due());
        assertThat(rows.getFirst().tags())
                .containsExactly("a", "b")
                .isSameAs(rows.getLast().tags());
        assertThat(rows.getFirst().listId())
                .isEqualTo(home)
                .isSameAs(rows.getLast().listId());
    }

    @Test
    void theCountsAreThoseOfTheViews() {
        assertThat(database.list(SidebarQueries.counts(TODAY))).containsExactly(new SidebarCounts(4, 2, 3, 6, 1, 2, 1));
        assertThat(database.list(SidebarQueries.lists())).containsExactly(new ItemList(home, "Home", null, null, 2));
    }

    @Test
    void theFirstRowsAreThoseOfTheWholeList() {
        for (ItemSource view : List.of(
                new ItemSource.Inbox(),
                new ItemSource.All(),
                new ItemSource.Today(TODAY),
                new ItemSource.SearchResults("today", TODAY, null))) {
            ViewOptions arrangement = ViewOptions.of(view).withDone(true);
            List<ItemRow> all = database.list(ItemQueries.rows(view, arrangement));
            if (!(view instanceof ItemSource.SearchResults)) {
                assertThat(database.list(ItemQueries.rows(view, arrangement, 0, 2)))
                        .isEqualTo(all.subList(0, 2));
                assertThat(database.list(ItemQueries.rows(view, arrangement, 1, 2)))
                        .isEqualTo(all.subList(1, 3));
            }
            assertThat(database.list(ItemQueries.count(view, arrangement))).containsExactly(all.size());
        }
    }

    /** Else every change would read, sort or count all items there are. */
    @Test
    void theFirstRowsAndTheCountsComeFromIndexes() {
        for (ItemSource view : List.of(
                new ItemSource.Inbox(), new ItemSource.All(), new ItemSource.Notes(), new ItemSource.OfList(home))) {
            assertThat(plan(ItemQueries.rows(view, ViewOptions.DEFAULT, 0, 10)))
                    .noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plan(ItemQueries.count(view, ViewOptions.DEFAULT))).noneMatch(ItemQueriesTest::readsItems);
        }
        assertThat(plan(ItemQueries.rows(new ItemSource.All(), ViewOptions.DEFAULT.withDone(true), 0, 10)))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan(SidebarQueries.lists())).noneMatch(ItemQueriesTest::readsItems);
        assertThat(plan(SidebarQueries.counts(TODAY)))
                .filteredOn(ItemQueriesTest::readsItems)
                .hasSize(1)
                .allMatch(step -> step.contains("COVERING INDEX item_due"));
    }

    private static boolean readsItems(String step) {
        return step.matches("(SCAN|SEARCH) (item|i USING INDEX item_.*|i USING COVERING INDEX item_.*)( .*)?");
    }

    @Test
    void remindersAreFoundWithoutLookingAtWhatHasNone() {
        assertThat(plan(ItemQueries.reminders())).anyMatch(step -> step.contains("item_reminder"));
    }

    private List<String> plan(Query<?> query) {
        Query<Row> explained =
                Query.of("EXPLAIN QUERY PLAN " + query.sql(), query.parameters().toArray());
        return database.list(explained.map(row -> String.valueOf(row.text("detail"))));
    }

    @Test
    void newestStandsFirstAndDoneLast() {
        List<ItemRow> rows = database.list(ItemQueries.rows(new ItemSource.All(), true));
        assertThat(rows.getFirst().title()).isEqualTo("tomorrow");
        assertThat(rows.subList(6, 8)).allMatch(ItemRow::done);
    }

    @Test
    void aNewDayMovesTheCountOfToday() {
        assertThat(database.list(SidebarQueries.counts(TODAY.plusDays(1)))
                        .getFirst()
                        .today())
                .isEqualTo(3);
    }

    @Test
    void subscriptionsSeeTagsAndListNamesChange() throws InterruptedException {
        UUID id = items.add(NewItem.todo("watched").inList(home));
        BlockingQueue<Query.Result<Item>> results = new LinkedBlockingQueue<>();
        try (var watching = database.subscribe(ItemQueries.item(id), Runnable::run, results::add, failure -> {
            throw new AssertionError(failure);
        })) {
            assertThat(watching).isNotNull();
            assertThat(next(results).list()).isEqualTo("Home");
            items.tag(id, "errands");
            assertThat(next(results).tags()).containsExactly("errands");
            new Lists(database).rename(home, "House");
            assertThat(next(results).list()).isEqualTo("House");
        }
    }

    private static Item next(BlockingQueue<Query.Result<Item>> results) throws InterruptedException {
        Query.Result<Item> result = results.poll(20, TimeUnit.SECONDS);
        assertThat(result).isNotNull();
        return result.rows().getFirst();
    }

    @Test
    void idsMayBeCutShortWhileTheyAreUnique() {
        List<ItemRow> rows = database.list(ItemQueries.rows(new ItemSource.All(), true));
        UUID id = rows.getFirst().id();
        int length = database.read(ItemLookup::shortLength);
        String cut = id.toString().substring(0, length);
        assertThat(database.<UUID, RuntimeException>read(reader -> ItemLookup.find(reader, cut)))
                .isEqualTo(id);
        assertThat(database.<UUID, RuntimeException>read(
                        reader -> ItemLookup.find(reader, id.toString().toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(id);
        assertThatThrownBy(() -> database.read(reader -> ItemLookup.find(reader, "0")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("More than one item");
        for (String absent : new String[] {"ffff", "", "xyz", "%", id + "0"}) {
            assertThatThrownBy(() -> database.read(reader -> ItemLookup.find(reader, absent)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("There is no item with the id \"" + absent + "\".");
        }
    }

    @Test
    void titlesAreOneLineAndTagsHaveOneForm() {
        UUID id = items.add(NewItem.todo("one\r\ntwo\nthree").withTags(List.of(" #Cafe\u0301 ")));
        Item item = database.list(ItemQueries.item(id)).getFirst();
        assertThat(item.title()).isEqualTo("one two three");
        assertThat(item.tags()).containsExactly("Caf\u00e9");
        assertThatThrownBy(() -> items.tag(id, " # ")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aFailedCommandLeavesNothing() {
        String before = database.dump();
        assertThatThrownBy(() -> items.inTransaction(writer -> {
                    writer.add(NewItem.todo("gone"));
                    return writer.setTitle(UUID.randomUUID(), "x");
                }))
                .isInstanceOf(ProblemException.class);
        assertThat(database.dump()).isEqualTo(before);
    }
}
