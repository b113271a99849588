package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.history.HistoryEntry;
import dev.tidemark.app.history.HistoryFilter;
import dev.tidemark.app.history.HistoryPage;
import dev.tidemark.app.model.HiddenDataFixture;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The history in the real window, of the library and of one item, with undo and restore. */
@ExtendWith(KeptLanguage.class)
class HistoryPageTest {
    @TempDir
    Path place;

    @Proof
    @Test
    void aVersionIsFoundBySliderRestoredAndTheRestoringUndone() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID milk = items.add(NewItem.todo("Buy milk"));
            items.setTitle(milk, "Buy oat milk");
            items.setTitle(milk, "Buy wine");
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Buy wine"));
            screen.select("Buy wine");
            screen.await("it is open", () -> screen.shows("detail-history"));
            screen.click("detail-history");
            screen.await("three versions are there", () -> screen.count("history-undo") == 3);
            screen.await(
                    "the newest is shown", () -> screen.texts("history-version").contains("Buy wine"));

            Screen.onScreen(() -> {
                ((Slider) open.window().stage().getScene().lookup("#history-slider")).setValue(0);
                return true;
            });
            screen.await(
                    "the oldest is shown", () -> screen.texts("history-version").contains("Buy milk"));
            screen.click("history-restore");
            screen.await(
                    "it is as it was",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy milk"));
            screen.await("that is in the history", () -> screen.count("history-undo") == 4);

            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await(
                    "it is undone",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy wine"));
        }
    }

    @Proof
    @Test
    void aChangeIsUndoneInTheHistoryOfEverythingAndItsItemOpened() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            UUID milk = new Items(database).add(NewItem.todo("Buy milk"));
            new Items(database).setTitle(milk, "Buy wine");
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Buy wine"));
            screen.click("view-history");
            screen.await("both changes are there", () -> screen.count("history-undo") == 2);
            assertThat(screen.texts("history")).contains("Changed “Buy wine”", "Added “Buy wine”");
            screen.clickFirst("history-undo");
            screen.await(
                    "it is as it was",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy milk"));
            screen.await("three changes are there", () -> screen.count("history-undo") == 3);
            screen.clickFirst("history-open");
            screen.await("the item is open", () -> screen.text("detail-title").equals("Buy milk"));
        }
    }

    @Proof
    @Test
    void theNoteIsHiddenBeforeThereIsOne() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            boolean isShown = Screen.onScreen(() -> new HistoryPage(
                            open.window().model().history(),
                            new HistoryPage.Names(List::of, List::of),
                            id -> {},
                            () -> {},
                            () -> {})
                    .lookup("#history-note")
                    .isVisible());
            assertThat(isShown).isFalse();
        }
    }

    @Proof
    @Test
    void aDeletedListReturnsWithItsItems() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            Lists lists = new Lists(database);
            UUID garden = lists.add("Garden");
            lists.setColor(garden, "green");
            UUID home = lists.add("Home");
            Items items = new Items(database);
            UUID roses = items.add(NewItem.todo("Prune the roses").inList(garden));
            UUID seeds = items.add(NewItem.todo("Buy seeds").inList(garden));
            UUID moved = items.add(NewItem.todo("Paint the fence").inList(garden));
            // Without another device, idle maintenance collects the deleted list at once and erases its name.
            HiddenDataFixture.edit(database, "item", roses, Map.of("priority", 1L));
            lists.delete(garden);
            items.setList(moved, home);
            assertThat(database.one(ItemQueries.item(roses)).list()).isNull();
            Screen screen = open.screen();
            screen.click("view-history");
            screen.await(
                    "the deletion is there",
                    () -> screen.texts("history").contains("Permanently deleted the list “Garden”"));
            Screen.onScreen(() -> {
                open.window().model().history().setFilter(HistoryFilter.NONE.action(HistoryEntry.Action.DELETED));
                return true;
            });
            screen.await(
                    "only the deletion is there, and all is searched",
                    () -> screen.count("history-undo") == 1 && !screen.shows("history-note"));
            screen.clickFirst("history-undo");
            screen.await(
                    "the list is back",
                    () -> database.list(SidebarQueries.lists()).size() == 2);
            screen.await("it is said", () -> screen.text("toast-text").equals("Change undone"));
            assertThat(database.one(ItemQueries.item(roses)).list()).isEqualTo("Garden");
            assertThat(database.one(ItemQueries.item(seeds)).list()).isEqualTo("Garden");
            assertThat(database.one(ItemQueries.item(moved)).list())
                    .as("moved since, so it stays")
                    .isEqualTo("Home");
            assertThat(database.list(SidebarQueries.lists()))
                    .filteredOn(list -> list.id().equals(garden))
                    .extracting(ItemList::color)
                    .containsExactly("green");

            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await(
                    "it is undone", () -> database.list(SidebarQueries.lists()).size() == 1);
            assertThat(database.one(ItemQueries.item(roses)).list()).isNull();
        }
    }

    @Proof
    @Test
    void theHistoryJumpsToATypedMomentByKeyboard() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            new Items(database).add(NewItem.todo("Buy milk"));
            Screen screen = open.screen();
            screen.click("view-history");
            screen.await("the change is there", () -> screen.count("history-undo") == 1);
            screen.press(KeyCode.TAB);
            screen.press(KeyCode.CONTROL, KeyCode.G);
            screen.await("the field is there", () -> screen.shows("history-moment"));
            screen.type("soon");
            screen.press(KeyCode.ENTER);
            screen.await("it is not understood", () -> screen.shows("history-moment-unknown"));
            screen.retype("history-moment", "2001-09-09 03:46");
            screen.press(KeyCode.ENTER);
            screen.await("nothing is as old", () -> screen.count("history-undo") == 0);
            assertThat(screen.shows("history-moment")).isFalse();
            assertThat(screen.text("history-time")).startsWith("Until ").contains("2001");
            screen.press(KeyCode.CONTROL, KeyCode.G);
            screen.type("today");
            screen.press(KeyCode.ENTER);
            screen.await("the change is there again", () -> screen.count("history-undo") == 1);
        }
    }
}
