package dev.tidemark.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SavedSearch;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Tag;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.ThreeItems;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists, tags, drags, search and sorting in the real window. */
class SidebarAndSearchTest {
    @TempDir
    Path profile;

    private static List<String> lists(OpenWindow open) {
        return open.composition().database().list(SidebarQueries.lists()).stream()
                .map(ItemList::name)
                .toList();
    }

    private static List<String> tags(OpenWindow open) {
        return open.composition().database().list(SidebarQueries.tags()).stream()
                .map(Tag::name)
                .toList();
    }

    private static Item item(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    /** The words of the sidebar's lines with this beginning of their ids, from above. */
    private static List<String> lines(String prefix) {
        return Screen.onScreen(() ->
                Screen.visible(node ->
                                node instanceof SidebarEntry && node.getId().startsWith(prefix))
                        .stream()
                        .map(line -> ((Labeled) line.lookup(".entry-name")).getText())
                        .toList());
    }

    @Test
    void aListIsRenamedInPlaceColouredMovedAndDeletedWithAWayBack() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Lists lists = new Lists(open.composition().database());
            UUID home = lists.add("Home");
            UUID work = lists.add("Work");
            lists.add("Garden");
            UUID sweep = new Items(open.composition().database())
                    .add(NewItem.todo("Sweep").inList(home));
            Screen screen = open.screen();
            screen.await("the lists are there", () -> lines("list-").equals(List.of("Home", "Work", "Garden")));

            screen.click("list-" + home);
            screen.press(KeyCode.F2);
            screen.type("House");
            screen.press(KeyCode.ENTER);
            screen.await("it has its new name", () -> screen.text("view-title").equals("House"));
            screen.doubleClick("list-" + work);
            screen.await("a field is there", () -> screen.shows("rename"));
            screen.type("Job");
            screen.press(KeyCode.ESCAPE);
            screen.await("nothing was renamed", () -> lines("list-").equals(List.of("House", "Work", "Garden")));

            screen.press(KeyCode.ALT, KeyCode.UP);
            screen.await("it is first", () -> lines("list-").equals(List.of("Work", "House", "Garden")));
            screen.rightClick("list-" + home);
            screen.click("menu-look");
            screen.click("color-pink");
            screen.click("fth-home");
            screen.press(KeyCode.ESCAPE);
            screen.await(
                    "it has colour and icon",
                    () -> open.composition()
                            .database()
                            .list(SidebarQueries.lists())
                            .contains(new ItemList(home, "House", "pink", "fth-home", 1)));

            screen.click("list-" + home);
            screen.press(KeyCode.DELETE);
            screen.await("it is gone", () -> lists(open).equals(List.of("Work", "Garden")));
            screen.await("its item is in the Inbox", () -> screen.rows().equals(List.of("Sweep")));
            screen.click("toast-undo");
            screen.await("it is back in its place", () -> lines("list-").equals(List.of("Work", "House", "Garden")));
            assertThat(item(open.composition().database(), sweep).list()).isEqualTo("House");
        }
    }

    @Test
    void aListATagAndASearchAreRenamedByThePalette() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            Lists lists = new Lists(database);
            IntStream.rangeClosed(1, 30).forEach(number -> lists.add("Number " + number));
            UUID last = lists.add("Last");
            new Items(database).add(NewItem.todo("Sweep").withTags(List.of("red")));
            new SavedSearches(database).add("Red things", "tag:red");
            Screen screen = open.screen();
            screen.await("the list is there", () -> screen.shows("list-" + last));
            screen.await("so is the search", () -> names(open).contains("Rename: Red things"));
            assertThat(names(open)).contains("Rename: Last", "Rename: #red").doesNotContain("Rename: Inbox");
            assertThat(screen.isWithin("list-" + last, "sidebar-scroll")).isFalse();
            renameByPalette(screen, "rename last", "First");
            screen.await("it has its new name", () -> lists(open).getLast().equals("First"));
            assertThat(screen.isWithin("list-" + last, "sidebar-scroll")).isTrue();
            renameByPalette(screen, "rename #red", "blue");
            screen.await("the tag has its new name", () -> names(open).contains("Rename: #blue"));
            renameByPalette(screen, "rename red things", "Blue things");
            screen.await("the search has its new name", () -> names(open).contains("Rename: Blue things"));
            assertThat(screen.text("view-title")).isEqualTo("Inbox");
        }
    }

    private static List<String> names(OpenWindow open) {
        return Screen.onScreen(
                () -> open.window().commands().all().stream().map(Command::name).toList());
    }

    private static void renameByPalette(Screen screen, String typed, String name) {
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type(typed);
        screen.press(KeyCode.ENTER);
        screen.await("a name can be typed", () -> screen.shows("rename"));
        screen.type(name);
        screen.press(KeyCode.ENTER);
    }

    @Test
    void listsAndTagsAreMovedByTheMouse() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Lists lists = new Lists(open.composition().database());
            UUID home = lists.add("Home");
            UUID work = lists.add("Work");
            UUID garden = lists.add("Garden");
            new Items(open.composition().database()).add(NewItem.todo("Sweep").withTags(List.of("a", "b", "c")));
            Screen screen = open.screen();
            screen.await("the lists are there", () -> lines("list-").equals(List.of("Home", "Work", "Garden")));
            screen.await("the tags are there", () -> lines("tag-").equals(List.of("a", "b", "c")));
            screen.dragLine("list-" + garden, "list-" + home, -8);
            screen.await("it is first", () -> lines("list-").equals(List.of("Garden", "Home", "Work")));
            screen.dragLine("list-" + garden, "list-" + work, 8);
            screen.await("it is last", () -> lists(open).equals(List.of("Home", "Work", "Garden")));
            screen.dragLine("tag-a", "tag-c", 8);
            screen.await("the tag is last", () -> tags(open).equals(List.of("b", "c", "a")));
            screen.dragLine("tag-b", "list-" + home, 8);
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("one step is one move", () -> tags(open).equals(List.of("a", "b", "c")));
            assertThat(lists(open)).containsExactly("Home", "Work", "Garden");
        }
    }

    @Test
    void itemsAreDroppedOnListsAndTagsSeveralAtOnce() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            ThreeItems items = ThreeItems.in(open);
            Screen screen = open.screen();
            screen.dragRow("Three", "tag-red");
            screen.await(
                    "it has the tag", () -> item(database, items.three()).tags().contains("red"));
            screen.click("toast-undo");
            screen.await(
                    "it has it no more",
                    () -> item(database, items.three()).tags().isEmpty());

            screen.select("Two");
            screen.press(KeyCode.SHIFT, KeyCode.DOWN);
            screen.dragRow("Two", "list-" + items.home());
            screen.await("both are in the list", () -> screen.rows().equals(List.of("Three")));
            assertThat(item(database, items.one()).list()).isEqualTo("Home");
            assertThat(item(database, items.two()).list()).isEqualTo("Home");
            assertThat(screen.text("toast-text")).isEqualTo("2 items moved to Home");
            screen.click("toast-undo");
            screen.await("both are back", () -> screen.rows().equals(List.of("Three", "Two", "One")));
        }
    }

    @Test
    void rowsAreReorderedByDragAndByKeyboardAndKeepTheSelection() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            for (String title : List.of("D", "C", "B", "A")) {
                items.add(NewItem.todo(title));
            }
            Screen screen = open.screen();
            screen.await("the items are there", () -> screen.rows().equals(List.of("A", "B", "C", "D")));
            screen.dragRowBefore("D", "B");
            screen.await("it is before it", () -> screen.rows().equals(List.of("A", "D", "B", "C")));
            screen.select("A");
            screen.press(KeyCode.ALT, KeyCode.DOWN);
            screen.await("it went down", () -> screen.rows().equals(List.of("D", "A", "B", "C")));
            screen.press(KeyCode.ALT, KeyCode.DOWN);
            screen.await("it went on", () -> screen.rows().equals(List.of("D", "B", "A", "C")));
            assertThat(screen.text("detail-title")).isEqualTo("A");

            screen.click("arrange");
            screen.click("arrange-sort-title");
            screen.await("they are sorted", () -> screen.rows().equals(List.of("A", "B", "C", "D")));
            screen.click("view-all");
            screen.await("this view is as it was", () -> screen.rows().equals(List.of("D", "B", "A", "C")));
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            Screen screen = again.screen();
            screen.await("all is shown again", () -> screen.rows().equals(List.of("D", "B", "A", "C")));
            screen.click("view-inbox");
            screen.await("the view is still sorted", () -> screen.rows().equals(List.of("A", "B", "C", "D")));
        }
    }

    @Test
    void whatCanBeTypedBesideWordsStandsBelowAnEmptyFieldAndWhereNothingIsFound() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            LocalDate friday = LocalDate.now(ZoneId.systemDefault()).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
            items.add(NewItem.todo("Buy milk").withDue(new Due(friday)));
            items.add(NewItem.todo("Call Ada"));
            Screen screen = open.screen();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            assertThat(screen.shows("search-examples")).isTrue();
            screen.clickFirst("search-example");
            assertThat(screen.text("search")).isEqualTo("due:friday");
            screen.await("what is due then is found", () -> screen.rows().equals(List.of("Buy milk")));
            screen.await("examples are no longer needed", () -> !screen.shows("search-examples"));
            screen.type(" zebra");
            screen.await("nothing is found, and examples help", () -> screen.shows("search-examples"));
        }
    }

    /** Between the field and the list stands only what belongs to the search. */
    @Test
    void quickAddMakesRoomForTheSearchAndIsBackWhenWanted() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            new Items(open.composition().database()).add(NewItem.todo("Call Ada"));
            Screen screen = open.screen();
            screen.await("there is an item", () -> screen.rows().equals(List.of("Call Ada")));
            screen.press(KeyCode.CONTROL, KeyCode.F);
            assertThat(screen.shows("search-examples")).isTrue();
            assertThat(screen.shows("quick-add")).isFalse();
            screen.press(KeyCode.ESCAPE);
            assertThat(screen.shows("quick-add")).isTrue();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.press(KeyCode.CONTROL, KeyCode.N);
            assertThat(screen.shows("search")).isFalse();
            screen.type("Buy milk");
            screen.press(KeyCode.ENTER);
            screen.await("it is added", () -> screen.rows().contains("Buy milk"));
        }
    }

    @Test
    void searchFollowsEveryLetterAndCanBeKept() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            Items items = new Items(database);
            items.add(NewItem.todo("Buy milk").withTags(List.of("shop")));
            items.add(NewItem.note("Recipe").withBody("Milk and rice"));
            items.add(NewItem.todo("Call Ada"));
            Screen screen = open.screen();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.type("mil");
            screen.await("both are found", () -> screen.rows().equals(List.of("Recipe", "Buy milk")));
            screen.type("k -tag:shop");
            screen.await("one is found", () -> screen.rows().equals(List.of("Recipe")));
            screen.click("search-save");
            screen.await("it is kept", () -> lines("search-").equals(List.of("milk -tag:shop")));
            SavedSearch saved = database.list(SidebarQueries.searches()).getFirst();
            screen.doubleClick("search-" + saved.id());
            screen.await("a field is there", () -> screen.shows("rename"));
            screen.type("Kitchen");
            screen.press(KeyCode.ENTER);
            screen.await("it has a name", () -> screen.text("view-title").equals("Kitchen"));
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.type("ada");
            screen.await("it is found", () -> screen.rows().equals(List.of("Call Ada")));
            screen.press(KeyCode.ESCAPE);
            screen.await("what was there before is back", () -> screen.rows().equals(List.of("Recipe")));
        }
    }

    @Test
    void tagsHaveAPlaceOfTheirOwn() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            new Items(open.composition().database()).add(NewItem.todo("Bread").withTags(List.of("shop")));
            Screen screen = open.screen();
            screen.click("new-tag");
            screen.type("later");
            screen.press(KeyCode.ENTER);
            screen.await("the tag is open", () -> screen.text("view-title").equals("#later"));
            screen.click("quick-add");
            screen.type("Think");
            screen.press(KeyCode.ENTER);
            screen.await("what is added here has the tag", () -> screen.rows().equals(List.of("Think")));
            screen.click("tag-shop");
            screen.press(KeyCode.F2);
            screen.type("market");
            screen.press(KeyCode.ENTER);
            screen.await(
                    "the tag is still open", () -> screen.text("view-title").equals("#market"));
            assertThat(screen.rows()).containsExactly("Bread");
            assertThat(tags(open)).containsExactly("later", "market");
        }
    }

    @Test
    void whatIsComingUpIsGroupedByDay() throws Exception {
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            items.add(NewItem.todo("Later").withDue(new Due(today.plusDays(20))));
            items.add(NewItem.todo("Late").withDue(new Due(today.minusDays(3))));
            items.add(NewItem.todo("Next").withDue(new Due(today.plusDays(1))));
            Screen screen = open.screen();
            screen.click("view-upcoming");
            screen.await("all are there", () -> screen.rows().equals(List.of("Late", "Next", "Later")));
            screen.await("they are grouped", () -> headings().equals(List.of("Overdue", "Tomorrow", "Later")));
            items.add(NewItem.todo("Late, too").withDue(new Due(today.minusDays(2))));
            screen.await(
                    "one more is there", () -> screen.rows().equals(List.of("Late", "Late, too", "Next", "Later")));
            screen.await(
                    "it has no heading of its own", () -> headings().equals(List.of("Overdue", "Tomorrow", "Later")));
        }
    }

    private static List<String> headings() {
        return Screen.onScreen(() ->
                Screen.visible(node -> node.getStyleClass().contains("group-heading") && node.isVisible()).stream()
                        .sorted(java.util.Comparator.comparingDouble(
                                node -> node.localToScene(0, 0).getY()))
                        .map(node -> ((Labeled) node).getText())
                        .toList());
    }
}
