package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and sidebars longer than the window. */
@Proof
class LongListTest {
    private static final int MANY = 60;
    private static final int THOUSANDS = 2_500;

    @TempDir
    private Path profile;

    private static List<String> fill(OpenWindow open) {
        List<String> titles = add(open, MANY, "Row %02d");
        open.screen().await("the rows are there", () -> titles(open).equals(titles));
        return titles;
    }

    private static List<String> add(OpenWindow open, int number, String format) {
        Database database = open.composition().database();
        List<String> titles = IntStream.rangeClosed(1, number)
                .mapToObj(index -> String.format(format, index))
                .toList();
        new Items(database)
                .inTransaction(writer -> titles.reversed().stream()
                        .map(title -> writer.add(NewItem.todo(title)))
                        .toList());
        return titles;
    }

    private static int seenFirst(OpenWindow open) {
        return Integer.parseInt(open.screen().rows().getFirst().substring("Row ".length()));
    }

    private static List<String> titles(OpenWindow open) {
        return Screen.onScreen(() ->
                open.window().model().list().rows().stream().map(ItemRow::title).toList());
    }

    /** Only so many are in memory; that others come and go is not to be seen. */
    @Test
    void whoScrollsThroughThousandsSeesEachRowInItsTurn() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, THOUSANDS, "Row %04d");
            Screen screen = open.screen();
            screen.await("the first row is there", () -> screen.rows().contains("Row 0001"));
            for (int sign : new int[] {1, -1}) {
                String last = sign > 0 ? "Row 2500" : "Row 0001";
                int before = seenFirst(open);
                while (!screen.rows().contains(last)) {
                    screen.scroll("item-list", sign * 400);
                    int now = seenFirst(open);
                    assertThat((now - before) * sign).isBetween(0, 14);
                    before = now;
                    assertThat(titles(open)).hasSizeLessThanOrEqualTo(800);
                }
            }
        }
    }

    @Test
    void theKeysEndAndHomeGoToTheLastAndTheFirstOfThousands() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, THOUSANDS, "Row %04d");
            Screen screen = open.screen();
            screen.await("all are counted", () -> screen.text("view-count").equals(Integer.toString(THOUSANDS)));
            screen.await("the first is there", () -> screen.rows().contains("Row 0001"));
            screen.select("Row 0001");
            screen.press(KeyCode.END);
            screen.await("the last is open", () -> screen.text("detail-title").equals("Row 2500"));
            screen.await("it is seen", () -> screen.rows().contains("Row 2500"));
            assertThat(titles(open)).hasSizeLessThanOrEqualTo(800).doesNotContain("Row 0001");
            screen.press(KeyCode.HOME);
            screen.await("the first is open", () -> screen.text("detail-title").equals("Row 0001"));
            screen.await("it is seen", () -> screen.rows().contains("Row 0001"));
        }
    }

    @Test
    void whoComesBackToAViewOfThousandsIsWhereHeLeftIt() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            add(open, THOUSANDS, "Row %04d");
            Screen screen = open.screen();
            screen.await("all are counted", () -> screen.text("view-count").equals(Integer.toString(THOUSANDS)));
            screen.await("the first is there", () -> screen.rows().contains("Row 0001"));
            screen.select("Row 0001");
            screen.press(KeyCode.END);
            screen.await("the last is open", () -> screen.text("detail-title").equals("Row 2500"));
            screen.scroll("item-list", -300 * 40);
            screen.await("others are seen", () -> seenFirst(open) < 2300);
            screen.select(screen.rows().get(2));
            String opened = screen.rows().get(2);
            screen.await("it is open", () -> screen.text("detail-title").equals(opened));
            int first = seenFirst(open);
            screen.click("view-today");
            screen.await("nothing is open", () -> !screen.shows("detail-title"));
            screen.click("view-inbox");
            screen.await("it is open again", () -> screen.text("detail-title").equals(opened));
            screen.await("it stands where it was", () -> Math.abs(seenFirst(open) - first) <= 1);
        }
    }

    @Test
    void aRowIsDraggedPastWhatCanBeSeen() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            fill(open);
            Screen screen = open.screen();
            screen.grab("Row 02");
            screen.holdAbove("item-list", 12);
            screen.await("the end is seen", () -> screen.rows().contains("Row 60"));
            screen.dropBefore("Row 55");
            screen.await("it is there", () -> titles(open).indexOf("Row 02") > 50);
            assertThat(titles(open)).containsSubsequence("Row 54", "Row 02", "Row 55");
        }
    }

    @Test
    void anItemIsDroppedOnAListThatWasNotToBeSeen() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            fill(open);
            Lists lists = new Lists(open.composition().database());
            List<UUID> ids = IntStream.rangeClosed(1, 30)
                    .mapToObj(index -> lists.add("List " + index))
                    .toList();
            Screen screen = open.screen();
            String last = "list-" + ids.getLast();
            screen.await("the lists are there", () -> screen.shows(last));
            assertThat(screen.isWithin(last, "sidebar-scroll")).isFalse();
            screen.grab("Row 02");
            screen.holdAbove("sidebar-scroll", 12);
            screen.await("the list is seen", () -> screen.isWithin(last, "sidebar-scroll"));
            screen.dropOn(last);
            screen.await("it is gone from the Inbox", () -> !titles(open).contains("Row 02"));
            Screen.onScreen(() -> {
                open.window().model().list().show(new ItemSource.OfList(ids.getLast()));
                return true;
            });
            screen.await("it is in the list", () -> titles(open).equals(List.of("Row 02")));
        }
    }

    @Test
    void aLetterGoesToTheRowThatBeginsSo() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            fill(open);
            UUID last = Screen.onScreen(
                    () -> open.window().model().list().rows().getLast().id());
            new Items(open.composition().database()).setTitle(last, "Zebra");
            screen.await("it is the last", () -> titles(open).getLast().equals("Zebra"));
            screen.select("Row 02");
            screen.type("z");
            screen.await("it is open", () -> screen.text("detail-title").equals("Zebra"));
            screen.await("it is seen", () -> screen.rows().contains("Zebra"));
        }
    }

    @Test
    void aLetterGoesToTheLineOfTheSidebarThatBeginsSo() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            UUID home = new Lists(open.composition().database()).add("Home");
            screen.await("the list is there", () -> screen.shows("list-" + home));
            screen.click("view-inbox");
            Screen.onScreen(() -> {
                Screen.visible(node -> "view-inbox".equals(node.getId()))
                        .getFirst()
                        .requestFocus();
                return true;
            });
            screen.type("n");
            screen.await("notes are shown", () -> screen.text("view-title").equals("Notes"));
            screen.type("?");
            screen.await("a question mark is no letter", () -> screen.shows("shortcuts"));
            assertThat(screen.texts("shortcuts")).contains("Jump to an item by its first letters", "Letters");
        }
    }
}
