package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Select all" selects a whole list of which only the middle is loaded. */
@Proof
class SelectAllTest {
    private static final int THOUSANDS = 2_500;

    @TempDir
    private Path profile;

    private static void fillAndGoToTheMiddle(OpenWindow open) {
        new Items(open.composition().database()).inTransaction(writer -> {
            IntStream.rangeClosed(1, THOUSANDS)
                    .forEach(index -> writer.add(NewItem.todo(String.format("Row %04d", THOUSANDS + 1 - index))));
            return null;
        });
        Screen screen = open.screen();
        screen.await("all are counted", () -> screen.text("view-count").equals(Integer.toString(THOUSANDS)));
        screen.await("the first is there", () -> screen.rows().contains("Row 0001"));
        while (Screen.onScreen(() -> list(open).window().from() == 0)) {
            screen.scroll("item-list", 4_000);
        }
        Screen.onScreen(() -> assertThat(list(open).window().hasMore()).isTrue());
    }

    private static ItemListViewModel list(OpenWindow open) {
        return open.window().model().list();
    }

    private static List<ItemRow> all(OpenWindow open, ItemSource view) {
        return open.composition().database().list(ItemQueries.rows(view, true));
    }

    private static String somewhere(OpenWindow open) {
        return open.screen().rows().get(5);
    }

    private static boolean isSelected(String title) {
        return Screen.onScreen(() -> Screen.visible(node -> node instanceof ItemCell cell
                                && cell.isSelected()
                                && cell.getItem() != null
                                && cell.getItem().title().equals(title))
                        .size()
                == 1);
    }

    /** The robot's mouse knows nothing of the keys that are held. */
    private static void clickWithControl(String title) {
        Screen.onScreen(() -> {
            Node row = Screen.visible(node -> node instanceof ItemCell cell
                            && cell.getItem() != null
                            && cell.getItem().title().equals(title))
                    .getFirst();
            for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                boolean isDown = type.equals(MouseEvent.MOUSE_PRESSED);
                Point2D at = row.localToScene(20, 8);
                row.fireEvent(new MouseEvent(
                        type,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        true,
                        false,
                        false,
                        isDown,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
            }
            return true;
        });
    }

    @Test
    void selectAllExcludesLaterAndDeselectedRowsWhereverTheListIsScrolled() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            fillAndGoToTheMiddle(open);
            Screen screen = open.screen();
            String spared = somewhere(open);
            String other = screen.rows().get(7);
            screen.select(spared);
            assertThat(screen.shows("selected-count")).isFalse();
            screen.press(KeyCode.CONTROL, KeyCode.A);
            screen.await("it says how many", () -> screen.text("selected-count").equals("2,500 selected"));
            screen.await("they are known", () -> !list(open).selection().isPending());
            screen.press(KeyCode.CONTROL, KeyCode.SPACE);
            screen.await("one is less", () -> screen.text("selected-count").equals("2,499 selected"));
            clickWithControl(other);
            screen.await(
                    "another one is out", () -> screen.text("selected-count").equals("2,498 selected"));
            new Items(open.composition().database()).add(NewItem.todo("Later"));
            Screen.onScreen(() -> list(open).window().showStart(() -> {}));
            screen.await("the start is there", () -> screen.rows().contains("Row 0001"));
            screen.await("it is selected", () -> isSelected("Row 0001"));
            assertThat(isSelected("Later")).isFalse();
            Screen.onScreen(() -> {
                list(open).selection().withAll(items -> list(open).commands().setPriority(items, Priority.HIGH));
                return true;
            });
            screen.await("it is said", () -> screen.text("toast-text").equals("Priority of 2,498 items changed"));
            assertThat(all(open, new ItemSource.All()).stream()
                            .filter(row -> row.priority() == Priority.NONE)
                            .map(ItemRow::title))
                    .containsExactlyInAnyOrder("Later", spared, other);
        }
    }
}
