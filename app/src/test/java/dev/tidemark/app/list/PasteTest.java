package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.quickadd.PastedLines;
import dev.tidemark.app.shell.OpenWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from other programs is pasted into the list of the real window. */
class PasteTest {
    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static void copy(String text) {
        Screen.onScreen(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text)));
    }

    @Test
    void pastedLinesBecomeItemsInTheirOrderAsOneStep() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            copy("- [ ] Milk\n\n* Oats tomorrow\n  2) Tea\n");
            screen.click("quick-add");
            screen.press(KeyCode.CONTROL, KeyCode.V);
            screen.await("all are there", () -> screen.rows().equals(List.of("Milk", "Oats tomorrow", "Tea")));
            assertThat(screen.text("toast-text")).isEqualTo("3 items added");
            assertThat(screen.text("quick-add")).isEmpty();
            assertThat(open.composition().database().list(ItemQueries.items(null, false, false)).stream()
                            .map(Item::due))
                    .containsOnlyNulls();
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("all are gone", () -> screen.rows().isEmpty());

            copy("One line");
            screen.click("quick-add");
            screen.press(KeyCode.CONTROL, KeyCode.V);
            assertThat(screen.text("quick-add")).isEqualTo("One line");
            screen.press(KeyCode.ENTER);
            screen.await("it is added", () -> screen.rows().equals(List.of("One line")));
            screen.select("One line");
            copy("Above\nBelow");
            screen.press(KeyCode.CONTROL, KeyCode.V);
            screen.await("the list takes it, too", () -> screen.rows().equals(List.of("Above", "Below", "One line")));
        }
    }

    @Test
    void listMarksAreRemovedAndLongTextsCut() {
        assertThat(PastedLines.titles("1. a\r\n10) b\n• c\n- [x] d\n2026 e\n-f\n \t\n"))
                .containsExactly("a", "b", "c", "d", "2026 e", "-f");
        assertThat(PastedLines.titles("x\n".repeat(2000))).hasSize(PastedLines.MAX_LINES);
    }
}
