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
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Tag;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.SharedWindow;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists, tags, drags, search and sorting in the real window. */
class SidebarAndSearchTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

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

    @Proof
    @Test
    void linesAreRenamedMovedColouredAndDeletedByKeysAndMenu() throws Exception {
        OpenWindow open = WINDOW.open();
        Lists lists = new Lists(open.composition().database());
        UUID home = lists.add("Home");
        UUID work = lists.add("Work");
        Screen screen = open.screen();
        screen.await("the lists are there", () -> lines("list-").equals(List.of("Home", "Work")));

        screen.click("list-" + home);
        screen.press(KeyCode.F2);
        screen.type("House");
        screen.press(KeyCode.ENTER);
        screen.await("it has its new name", () -> screen.text("view-title").equals("House"));
        screen.doubleClick("list-" + work);
        screen.await("a field is there", () -> screen.shows("rename"));
        screen.type("Job");
        screen.press(KeyCode.ESCAPE);
        screen.await("nothing was renamed", () -> lines("list-").equals(List.of("House", "Work")));

        screen.press(KeyCode.ALT, KeyCode.UP);
        screen.await("it is first", () -> lines("list-").equals(List.of("Work", "House")));
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
                        .contains(new ItemList(home, "House", "pink", "fth-home", 0)));

        screen.click("list-" + home);
        screen.press(KeyCode.DELETE);
        screen.await("it is gone", () -> lists(open).equals(List.of("Work")));
        screen.await("the Inbox is open", () -> screen.text("view-title").equals("Inbox"));
        screen.click("toast-undo");
        screen.await("it is back in its place", () -> lines("list-").equals(List.of("Work", "House")));

        screen.click("new-tag");
        screen.type("later");
        screen.press(KeyCode.ENTER);
        screen.await("the tag is open", () -> screen.text("view-title").equals("#later"));
        screen.click("tag-later");
        screen.press(KeyCode.F2);
        screen.type("soon");
        screen.press(KeyCode.ENTER);
        screen.await("the tag is still open", () -> screen.text("view-title").equals("#soon"));
        assertThat(tags(open)).containsExactly("soon");
    }

    @Proof
    @Test
    void aLineBelowTheFoldIsRenamedByThePalette() throws Exception {
        OpenWindow open = WINDOW.open();
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
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("rename last");
        screen.press(KeyCode.ENTER);
        screen.await("a name can be typed", () -> screen.shows("rename"));
        screen.type("First");
        screen.press(KeyCode.ENTER);
        screen.await("it has its new name", () -> lists(open).getLast().equals("First"));
        assertThat(screen.isWithin("list-" + last, "sidebar-scroll")).isTrue();
        assertThat(screen.text("view-title")).isEqualTo("Inbox");
    }

    private static List<String> names(OpenWindow open) {
        return Screen.onScreen(
                () -> open.window().commands().all().stream().map(Command::name).toList());
    }

    @Proof
    @Test
    void linesAndRowsAreDraggedWithinTheirSectionAndRowsOntoLines() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        Lists lists = new Lists(database);
        UUID home = lists.add("Home");
        UUID work = lists.add("Work");
        Items items = new Items(database);
        items.add(NewItem.todo("C").withTags(List.of("a", "b")));
        UUID two = items.add(NewItem.todo("B"));
        UUID one = items.add(NewItem.todo("A"));
        Screen screen = open.screen();
        screen.await("the rows are there", () -> screen.rows().equals(List.of("A", "B", "C")));
        screen.await("the tags are there", () -> lines("tag-").equals(List.of("a", "b")));
        screen.dragRow("A", "tag-a");
        screen.await("it has the tag", () -> item(database, one).tags().contains("a"));
        screen.dragRowBefore("C", "B");
        screen.await("it is before it", () -> screen.rows().equals(List.of("A", "C", "B")));
        screen.select("A");
        screen.press(KeyCode.ALT, KeyCode.DOWN);
        screen.await("it went down", () -> screen.rows().equals(List.of("C", "A", "B")));
        assertThat(screen.text("detail-title")).isEqualTo("A");
        screen.press(KeyCode.SHIFT, KeyCode.DOWN);
        screen.dragRow("A", "list-" + home);
        screen.await("both are in the list", () -> screen.rows().equals(List.of("C")));
        assertThat(item(database, one).list()).isEqualTo("Home");
        assertThat(item(database, two).list()).isEqualTo("Home");
        assertThat(screen.text("toast-text")).isEqualTo("2 items moved to Home");

        screen.click("view-all");
        screen.await("all are there", () -> screen.rows().equals(List.of("C", "A", "B")));
        screen.click("arrange");
        screen.click("arrange-sort-title");
        screen.await("they are sorted", () -> screen.rows().equals(List.of("A", "B", "C")));

        screen.dragLine("list-" + work, "list-" + home, -8);
        screen.await("the list is first", () -> lines("list-").equals(List.of("Work", "Home")));
        screen.dragLine("tag-a", "tag-b", 8);
        screen.await("the tag is last", () -> tags(open).equals(List.of("b", "a")));
        screen.dragLine("tag-b", "list-" + work, 8);
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await("the drop on a list was no step", () -> tags(open).equals(List.of("a", "b")));
        assertThat(lists(open)).containsExactly("Work", "Home");
    }

    @Test
    void theSearchFieldReplacesQuickAddAndHelpsWithExamples() throws Exception {
        OpenWindow open = WINDOW.open();
        Items items = new Items(open.composition().database());
        LocalDate friday = LocalDate.now(ZoneId.systemDefault()).with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
        items.add(NewItem.todo("Buy milk").withDue(new Due(friday)));
        items.add(NewItem.todo("Call Ada"));
        Screen screen = open.screen();
        screen.press(KeyCode.CONTROL, KeyCode.F);
        assertThat(screen.shows("search-examples")).isTrue();
        assertThat(screen.shows("quick-add")).isFalse();
        screen.clickFirst("search-example");
        assertThat(screen.text("search")).isEqualTo("due:friday");
        screen.await("what is due then is found", () -> screen.rows().equals(List.of("Buy milk")));
        screen.await("examples are no longer needed", () -> !screen.shows("search-examples"));
        screen.type(" zebra");
        screen.await("nothing is found, and examples help", () -> screen.shows("search-examples"));
        screen.press(KeyCode.ESCAPE);
        assertThat(screen.shows("quick-add")).isTrue();
        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.type("mil");
        screen.await("it follows each letter", () -> screen.rows().equals(List.of("Buy milk")));
        screen.click("search-save");
        screen.await(
                "the search is saved and open", () -> screen.text("view-title").equals("mil"));
        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.type("ada");
        screen.await("it is found", () -> screen.rows().equals(List.of("Call Ada")));
        screen.press(KeyCode.ESCAPE);
        screen.await("the saved search is back", () -> screen.rows().equals(List.of("Buy milk")));
        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.press(KeyCode.CONTROL, KeyCode.N);
        assertThat(screen.shows("search")).isFalse();
        screen.type("Buy tea");
        assertThat(screen.text("quick-add")).isEqualTo("Buy tea");
    }
}
