package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.control.CheckBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows leave the list because of the user's own actions, in the real window. */
@Proof
class FadingRowsTest {
    @TempDir
    private Path profile;

    /** What a row looks like in each frame. */
    private record Seen(String title, double opacity, boolean takesMouse, double top) {}

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    private void add(OpenWindow open, int number) {
        new Items(open.composition().database()).inTransaction(writer -> {
            IntStream.rangeClosed(1, number)
                    .forEach(index -> writer.add(NewItem.todo(String.format("Row %02d", number + 1 - index))));
            return null;
        });
        open.screen().await("they are there", () -> rows(open).size() == number);
        open.screen().await("they are seen", () -> open.screen().rows().contains("Row 01"));
        Screen.onScreen(() -> {
            Screen.visible(node -> node instanceof ItemCell).forEach(node -> {
                ItemCell cell = (ItemCell) node;
                cell.opacityProperty().subscribe(opacity -> {
                    ItemRow row = cell.getItem();
                    if (row != null) {
                        seen.add(new Seen(
                                row.title(),
                                opacity.doubleValue(),
                                !cell.isMouseTransparent(),
                                cell.localToScene(0, 0).getY()));
                    }
                });
            });
            seen.clear();
            return true;
        });
    }

    private static List<ItemRow> rows(OpenWindow open) {
        return Screen.onScreen(() -> List.copyOf(open.window().model().list().rows()));
    }

    private List<Seen> fading(String title) {
        synchronized (seen) {
            return seen.stream()
                    .filter(each -> each.title().equals(title) && each.opacity() < 1)
                    .toList();
        }
    }

    private static void allAreWholeAgain(OpenWindow open) {
        assertThat(Screen.onScreen(() -> Screen.visible(node -> node instanceof ItemCell).stream()
                        .allMatch(cell -> cell.getOpacity() == 1 && !cell.isMouseTransparent())))
                .isTrue();
        assertThat(Screen.onScreen(() -> open.window().model().list().fading())).isEmpty();
    }

    @Test
    void whatIsTrashedFadesWhereItStandsAndTakesNoClickMeanwhile() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, 5);
            Screen screen = open.screen();
            double top = screen.top("Row 02");
            double below = screen.top("Row 03");
            screen.select("Row 02");
            screen.press(KeyCode.DELETE);
            screen.await("it is gone", () -> screen.rows().equals(List.of("Row 01", "Row 03", "Row 04", "Row 05")));
            assertThat(fading("Row 02")).isNotEmpty().allMatch(each -> each.top() == top);
            assertThat(seen).noneMatch(each -> each.title().equals("Row 03") && each.opacity() < 1);
            assertThat(screen.top("Row 03")).isEqualTo(top).isLessThan(below);
            allAreWholeAgain(open);
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("it is back", () -> screen.rows().contains("Row 02"));
            allAreWholeAgain(open);
        }
    }

    @Test
    void whatWasTickedOffFadesAfterTheChangeOfMind() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, 3);
            Screen screen = open.screen();
            screen.tick("Row 02");
            screen.await("it is gone", () -> screen.rows().equals(List.of("Row 01", "Row 03")));
            assertThat(fading("Row 02")).isNotEmpty();
            allAreWholeAgain(open);
        }
    }

    @Test
    void aTickThatCameToNothingIsTakenBackWithTheNextChange() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, 3);
            Screen screen = open.screen();
            Screen.onScreen(() -> {
                // As where the database refuses: the circle is ticked, and no row changes.
                Screen.visible(node -> node instanceof CheckBox box
                                && box.getStyleClass().contains("tick"))
                        .forEach(box -> ((CheckBox) box).setSelected(true));
                return true;
            });
            assertThat(screen.isTicked("Row 02")).isTrue();
            new Items(open.composition().database()).add(NewItem.todo("Another"));
            screen.await("it is there", () -> screen.rows().contains("Another"));
            assertThat(screen.isTicked("Row 02")).isFalse();
        }
    }

    @Test
    void underReducedMotionTheyJustGo() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, 4);
            Screen screen = open.screen();
            open.composition().set(Setting.MOTION, "reduced");
            screen.await("nothing moves", UiScale::isMotionReduced);
            try {
                screen.select("Row 02");
                screen.press(KeyCode.DELETE);
                screen.await("it is gone", () -> screen.rows().size() == 3);
                assertThat(seen).noneMatch(each -> each.opacity() < 1);
            } finally {
                open.composition().set(Setting.MOTION, "full");
                screen.await("things move again", () -> !UiScale.isMotionReduced());
            }
        }
    }

    @Test
    void aRowThatComesBackWhileItFadesIsWhole() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, 3);
            Screen screen = open.screen();
            Items items = new Items(open.composition().database());
            UUID second = rows(open).get(1).id();
            items.trash(second);
            screen.await("it fades", () -> !fading("Row 02").isEmpty());
            items.restore(second);
            screen.await(
                    "it is there",
                    () -> screen.rows().equals(List.of("Row 01", "Row 02", "Row 03"))
                            && Screen.onScreen(
                                            () -> open.window().model().list().fading())
                                    .isEmpty());
            allAreWholeAgain(open);
        }
    }
}
