package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.proof.Proof;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys and the palette of the real window. */
class MainWindowTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static void add(Screen screen, String title) {
        screen.click("quick-add");
        screen.type(title);
        screen.press(KeyCode.ENTER);
        screen.await("'" + title + "' is in the list", () -> screen.rows().contains(title));
    }

    @Proof
    @Test
    void undoAndRedoWorkByKeyboardInFieldsAndInTheList() throws Exception {
        OpenWindow open = WINDOW.open();
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
        screen.click("detail-title");
        screen.press(KeyCode.END);
        screen.type("!");
        screen.await("it is saved", () -> screen.rows().equals(List.of("Buy oats!")));
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await("the field undoes its typing", () -> screen.rows().equals(List.of("Buy oats")));
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await("then the step before is undone", () -> screen.rows().equals(List.of("Buy milk")));
    }

    @Test
    void aQuestionMarkShowsAllShortcuts() throws Exception {
        OpenWindow open = WINDOW.open();
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

    @Test
    void itemsAreAddedOpenedAndCompletedByKeyboard() throws Exception {
        OpenWindow open = WINDOW.open();
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
    }

    private static List<ItemRow> rows(OpenWindow open, ItemSource view) {
        return open.composition().database().list(ItemQueries.rows(view, false));
    }
}
