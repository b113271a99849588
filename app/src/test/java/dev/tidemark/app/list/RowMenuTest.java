package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.ThreeItems;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The menu of the list's rows in the real window. */
class RowMenuTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.systemDefault());

    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        java.util.Locale.setDefault(java.util.Locale.ENGLISH);
    }

    private static Item item(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    @Proof
    @Test
    void theMouseOpensTheMenuForOneRowOrTheSelection() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            ThreeItems items = ThreeItems.in(open);
            Screen screen = open.screen();

            screen.rightClickRow("Three");
            screen.choose("row-priority", "row-priority-high");
            screen.await(
                    "it matters",
                    () -> item(database, items.three()).priority() == dev.tidemark.app.model.Priority.HIGH);

            screen.select("Two");
            screen.press(KeyCode.SHIFT, KeyCode.DOWN);
            screen.rightClickRow("Two");
            screen.choose("row-due", "row-due-tomorrow");
            screen.await(
                    "both have a date",
                    () -> new Due(TODAY.plusDays(1))
                            .equals(item(database, items.one()).due()));
            assertThat(item(database, items.two()).due()).isEqualTo(new Due(TODAY.plusDays(1)));
            assertThat(item(database, items.three()).due()).isNull();
            screen.rightClickRow("One");
            screen.click("row-copy");
            assertThat(Screen.onScreen(() -> Clipboard.getSystemClipboard().getString()))
                    .isEqualTo("Two\nOne");
            screen.rightClickRow("One");
            screen.choose("row-move", "row-move-" + items.home());
            screen.await("both have gone home", () -> screen.rows().equals(List.of("Three")));
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("both are back", () -> screen.rows().equals(List.of("Three", "Two", "One")));
        }
    }

    @Proof
    @Test
    void theKeyboardOpensTheMenu() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID one = items.add(NewItem.todo("One"));
            items.add(NewItem.todo("Two"));
            Screen screen = open.screen();
            screen.await("the items are there", () -> screen.rows().equals(List.of("Two", "One")));
            screen.select("One");
            screen.press(KeyCode.SHIFT, KeyCode.F10);
            screen.await("the menu is there", () -> screen.shows("row-trash"));
            screen.press(KeyCode.DOWN);
            screen.press(KeyCode.ENTER);
            screen.await("it is ticked off", () -> item(database, one).done());
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("it is open again", () -> !item(database, one).done());
            screen.click("view-all");
            screen.select("Two");
            screen.press(KeyCode.CONTEXT_MENU);
            screen.await("the menu is there", () -> screen.shows("row-trash"));
            screen.click("row-trash");
            screen.await("it is gone", () -> screen.rows().equals(List.of("One")));

            screen.select("One");
            screen.press(KeyCode.ENTER);
            screen.type("For ");
            screen.await(
                    "Enter has opened it", () -> screen.text("detail-title").contains("For "));
        }
    }
}
