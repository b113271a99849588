package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javafx.collections.SetChangeListener;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainWindowTest {
    @TempDir
    Path profile;

    private static void add(Screen screen, String title) {
        screen.click("quick-add");
        screen.type(title);
        screen.press(KeyCode.ENTER);
        screen.await("'" + title + "' is in the list", () -> screen.rows().contains(title));
    }

    @Test
    void keepsWhatWasAddedTickedEditedDeletedAndRestoredAcrossARestart() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Buy milk");
            add(screen, "Pay rent");
            add(screen, "Old plan");
            add(screen, "Call Ada");

            screen.tick("Pay rent");
            screen.await("the ticked item has left", () -> !screen.rows().contains("Pay rent"));

            screen.select("Buy milk");
            screen.await("the title is there", () -> screen.text("detail-title").equals("Buy milk"));
            screen.retype("detail-title", "Buy oat milk");
            screen.click("detail-body");
            screen.type("Two litres");
            screen.await("the list shows the new title", () -> screen.rows().contains("Buy oat milk"));

            screen.select("Old plan");
            screen.press(KeyCode.DELETE);
            screen.await("the item is gone", () -> !screen.rows().contains("Old plan"));
            screen.select("Call Ada");
            screen.press(KeyCode.DELETE);
            screen.await("the item is gone", () -> !screen.rows().contains("Call Ada"));
            screen.click("view-trash");
            screen.await("both are in the trash", () -> screen.rows().size() == 2);
            screen.select("Call Ada");
            screen.await("it can be restored", () -> screen.shows("detail-restore"));
            screen.click("detail-restore");
            screen.await("one is left", () -> screen.rows().equals(List.of("Old plan")));
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            Screen screen = again.screen();
            screen.await("the trash is shown again", () -> screen.rows().equals(List.of("Old plan")));
            screen.click("view-inbox");
            screen.await("all open items are there", () -> screen.rows().equals(List.of("Call Ada", "Buy oat milk")));
            screen.select("Buy oat milk");
            screen.await("the text is there", () -> screen.text("detail-body").equals("Two litres"));
            screen.click("show-done");
            screen.await("the done item is there", () -> screen.rows().contains("Pay rent"));
            assertThat(screen.isTicked("Pay rent")).isTrue();
            screen.click("view-trash");
            screen.await("the trash is as it was", () -> screen.rows().equals(List.of("Old plan")));
        }
    }

    @Test
    void savesWhatWasTypedWhenTheWindowClosesBeforeThePause() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Letter");
            screen.select("Letter");
            screen.await("the title is there", () -> screen.text("detail-title").equals("Letter"));
            screen.click("detail-body");
            screen.type("Dear Ada");
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            Screen screen = again.screen();
            screen.await("the item is there", () -> screen.rows().contains("Letter"));
            screen.select("Letter");
            screen.await(
                    "nothing typed is lost", () -> screen.text("detail-body").equals("Dear Ada"));
        }
    }

    @Test
    void quickAddShowsWhatItUnderstoodAndLeavesInTheTitleWhatThePersonRefuses() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.click("quick-add");
            screen.type("Watch Friday night tomorrow 23:59 #films !low /Fun");
            screen.await("all of it was understood", () -> screen.shows("understood-list"));
            assertThat(screen.shows("understood-priority")).isTrue();
            assertThat(screen.shows("understood-tag")).isTrue();
            screen.click("understood-date");
            screen.press(KeyCode.ENTER);
            screen.await(
                    "the list that it named is there",
                    () -> open.window().model().sidebar().listNames().contains("Fun"));
            Item item = open.composition()
                    .database()
                    .list(ItemQueries.items(null, false, false))
                    .getFirst();
            assertThat(item.title()).isEqualTo("Watch night tomorrow");
            assertThat(String.valueOf(item.due())).endsWith("T23:59");
            assertThat(item.tags()).containsExactly("films");
            assertThat(item.priority()).isEqualTo(Priority.LOW);
            assertThat(item.list()).isEqualTo("Fun");
            assertThat(screen.shows("understood-list")).isFalse();
        }
    }

    @Test
    void takesBackADeleteOnRequest() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Keep me");
            screen.select("Keep me");
            screen.press(KeyCode.DELETE);
            screen.await("the item is gone", () -> screen.rows().isEmpty());
            screen.await("undo is offered", () -> screen.shows("toast-undo"));
            screen.click("toast-undo");
            screen.await("the item is back", () -> screen.rows().equals(List.of("Keep me")));
        }
    }

    @Test
    void undoesAndRedoesByTheKeyboardWhereverTheFocusIs() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Buy milk");
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("the item is gone", () -> screen.rows().isEmpty());
            screen.await("it is said", () -> screen.text("toast-text").equals("Undone: adding"));
            screen.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
            screen.await("the item is back", () -> screen.rows().equals(List.of("Buy milk")));
            screen.select("Buy milk");
            screen.retype("detail-title", "Buy oats");
            screen.await("it is saved", () -> screen.rows().equals(List.of("Buy oats")));
            screen.press(KeyCode.CONTROL, KeyCode.L);
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("the title is as before", () -> screen.rows().equals(List.of("Buy milk")));
            screen.press(KeyCode.CONTROL, KeyCode.Y);
            screen.await("the title is as typed", () -> screen.rows().equals(List.of("Buy oats")));
            screen.await("it is said", () -> screen.text("toast-text").equals("Redone: editing the title"));
        }
    }

    @Test
    void undoGoesOnBehindWhatTheFieldHasTakenBack() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Buy milk");
            screen.select("Buy milk");
            screen.click("detail-title");
            screen.press(KeyCode.END);
            screen.type("!");
            screen.await("it is saved", () -> screen.rows().equals(List.of("Buy milk!")));
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("the title is as before", () -> screen.rows().equals(List.of("Buy milk")));
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("the item is gone", () -> screen.rows().isEmpty());
        }
    }

    @Test
    void findsCommandsPlacesAndItemsByTheirNames() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Buy milk");
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT7);
            screen.await("the trash is shown", () -> screen.text("view-title").equals("Trash"));
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("milk");
            screen.await("the item is found", () -> screen.shows("palette-list"));
            screen.await("the item can be chosen", () -> paletteHolds(open, "Buy milk"));
            screen.press(KeyCode.ENTER);
            screen.await("its place is shown", () -> screen.text("view-title").equals("Inbox"));
            screen.await("it is open", () -> screen.text("detail-title").equals("Buy milk"));
            assertThat(screen.shows("palette")).isFalse();
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("not");
            screen.press(KeyCode.ENTER);
            screen.await("notes are shown", () -> screen.text("view-title").equals("Notes"));
        }
    }

    private static boolean paletteHolds(OpenWindow open, String title) {
        return open.screen().texts("palette-list").contains(title);
    }

    @Test
    void showsAllShortcutsOnAQuestionMark() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.type("?");
            screen.await("the sheet is there", () -> screen.shows("shortcuts"));
            assertThat(screen.texts("shortcuts")).contains("New item", "Ctrl+N", "Undo", "Ctrl+Z", "Space");
            screen.press(KeyCode.ESCAPE);
            screen.await("the sheet is gone", () -> !screen.shows("shortcuts"));
            screen.press(KeyCode.CONTROL, KeyCode.N);
            screen.type("?");
            assertThat(screen.shows("shortcuts")).isFalse();
            assertThat(screen.text("quick-add")).isEqualTo("?");
        }
    }

    @Test
    void tickingLeavesTimeForAChangeOfMind() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            add(screen, "Maybe");
            screen.tick("Maybe");
            assertThat(screen.rows()).containsExactly("Maybe");
            screen.await("it is ticked", () -> screen.isTicked("Maybe"));
            screen.await("it is saved", () -> rows(open, new ItemSource.Inbox()).isEmpty());
            screen.tick("Maybe");
            screen.await(
                    "it is open again", () -> rows(open, new ItemSource.Inbox()).size() == 1);
            screen.await("it is not ticked", () -> !screen.isTicked("Maybe"));
            assertThat(screen.rows()).containsExactly("Maybe");
        }
    }

    @Test
    void showsWhatACommandChanges() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            Items items = new Items(open.composition().database());
            UUID id = items.add(NewItem.todo("From elsewhere"));
            screen.await("it appears by itself", () -> screen.rows().contains("From elsewhere"));
            screen.select("From elsewhere");
            screen.await("the title is there", () -> screen.text("detail-title").equals("From elsewhere"));
            items.setTitle(id, "Renamed");
            screen.await("the detail follows", () -> screen.text("detail-title").equals("Renamed"));
            assertThat(screen.rows()).containsExactly("Renamed");
        }
    }

    @Test
    void anItemFromAnotherDeviceGlowsAndKeepsTheSelection(@TempDir Path otherProfile, @TempDir Path folder)
            throws Exception {
        try (OpenWindow open = OpenWindow.on(profile);
                AppContext other = AppContext.of(ProfileFolders.below(otherProfile))) {
            Screen screen = open.screen();
            add(screen, "Mine");
            screen.select("Mine");
            Set<UUID> glowed = ConcurrentHashMap.newKeySet();
            Screen.onScreen(() -> {
                open.window().model().list().glowing().addListener((SetChangeListener<UUID>) change -> {
                    if (change.wasAdded()) {
                        glowed.add(change.getElementAdded());
                    }
                });
                return true;
            });
            open.composition().set(Setting.SYNC_FOLDER, folder.toString());
            UUID theirs = new Items(other.database()).add(NewItem.todo("Theirs"));
            other.set(Setting.SYNC_FOLDER, folder.toString());
            other.sync().syncNow().get();
            screen.await("it has arrived", () -> screen.rows().equals(List.of("Theirs", "Mine")));
            screen.await("it glowed", () -> glowed.equals(Set.of(theirs)));
            assertThat(screen.text("detail-title")).isEqualTo("Mine");
            screen.await(
                    "the glow is over",
                    () -> open.window().model().list().glowing().isEmpty());
        }
    }

    @Test
    void worksByKeyboard() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.press(KeyCode.CONTROL, KeyCode.N);
            screen.type("One");
            screen.press(KeyCode.ENTER);
            screen.type("Two");
            screen.press(KeyCode.ENTER);
            screen.await("both are there", () -> screen.rows().equals(List.of("Two", "One")));
            screen.press(KeyCode.CONTROL, KeyCode.L);
            screen.press(KeyCode.DOWN);
            screen.await("the second is open", () -> screen.text("detail-title").equals("One"));
            screen.press(KeyCode.SPACE);
            screen.await("it is done", () -> rows(open, new ItemSource.Inbox()).size() == 1);
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT4);
            screen.await("all are shown", () -> screen.text("view-title").equals("All"));
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT7);
            screen.await("the trash is shown", () -> screen.text("view-title").equals("Trash"));
            assertThat(screen.text("empty-text")).isEqualTo("The Trash is empty.");
        }
    }

    @Test
    void makesAListAndPutsNewItemsIntoIt() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.click("new-list");
            screen.type("Home");
            screen.press(KeyCode.ENTER);
            screen.await("the list is open", () -> screen.text("view-title").equals("Home"));
            add(screen, "Sweep");
            screen.click("view-inbox");
            screen.await("the Inbox is empty", () -> screen.rows().isEmpty());
            screen.click("view-all");
            screen.await("it is among all", () -> screen.rows().equals(List.of("Sweep")));
        }
    }

    private static List<ItemRow> rows(OpenWindow open, ItemSource view) {
        return open.composition().database().list(ItemQueries.rows(view, false));
    }
}
