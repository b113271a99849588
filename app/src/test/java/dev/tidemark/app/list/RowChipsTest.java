package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.SharedWindow;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a narrow list, the chips of a row shrink before the title is cut. */
@ExtendWith(KeptLanguage.class)
class RowChipsTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static final String TITLE = "Plan the birthday dinner";

    private static void fill(OpenWindow open, String title, int tags) {
        UUID list = new Lists(open.composition().database()).add("Family matters");
        List<String> names = List.of("family", "food", "presents").subList(0, tags);
        LocalDate day = LocalDate.now(ZoneId.systemDefault()).plusDays(3);
        new Items(open.composition().database())
                .add(NewItem.todo(title)
                        .inList(list)
                        .withTags(names)
                        .withPriority(Priority.MEDIUM)
                        .withBody("Eight people")
                        .withDue(new Due(day, LocalTime.of(19, 0))));
        Screen.onScreen(() -> {
            open.window().model().list().show(new ItemSource.All());
            return true;
        });
        open.screen().await("it is there", () -> open.screen().rows().size() == 1);
        open.screen().moveAway();
    }

    private static void widen(OpenWindow open, double width) {
        Screen.onScreen(() -> {
            open.window().stage().setWidth(width);
            return true;
        });
        open.screen()
                .await(
                        "it is as wide",
                        () -> Math.abs(open.window().stage().getScene().getWidth() - width) < 20);
    }

    /** What the row says from left to right, as it is drawn. */
    private static List<String> drawn() {
        return Screen.onScreen(() -> {
            Node row = Screen.visible(node -> node.getStyleClass().contains("item-row"))
                    .getFirst();
            row.getScene().getRoot().layout();
            List<Node> labels = new ArrayList<>();
            Screen.collect(row, node -> node instanceof Labeled, labels);
            return labels.stream()
                    .map(label -> label.lookup(".text") instanceof Text text ? text.getText() : "")
                    .filter(text -> !text.isBlank())
                    .toList();
        });
    }

    @Test
    void tagsAndListShortenBeforeTheTitleAndTheDateStays() throws Exception {
        OpenWindow open = WINDOW.open();
        fill(open, TITLE, 3);
        String date = drawn().getLast();
        assertThat(date).contains("7:00");
        assertThat(drawn()).startsWith(TITLE).doesNotContain("#family #food");
        widen(open, 540);
        assertThat(drawn()).containsExactly(TITLE, "#family", "Family matters", date);
        widen(open, 660);
        assertThat(drawn()).containsExactly(TITLE, "Eight people", "#family #food", "Family matters", date);
    }

    @Test
    void aSingleTagIsNamedOrHidden() throws Exception {
        OpenWindow open = WINDOW.open();
        fill(open, TITLE, 1);
        assertThat(drawn()).startsWith(TITLE);
        widen(open, 660);
        assertThat(drawn()).contains(TITLE, "#family");
    }

    @Test
    void aTitleThatIsCutLeavesRoomForTheDate() throws Exception {
        OpenWindow open = WINDOW.open();
        fill(open, "A title that does not end ".repeat(20), 3);
        assertThat(drawn().getFirst()).startsWith("A title that does").endsWith("...");
        assertThat(drawn().getLast()).contains("7:00");
    }

    /** Each that came in anew would be styled anew, with every step of the wheel. */
    @Test
    void anUpdatedRowKeepsItsNodes() throws Exception {
        OpenWindow open = WINDOW.open();
        fill(open, TITLE, 2);
        Set<Node> before = parts();
        Items items = new Items(open.composition().database());
        UUID id = open.window().model().list().rows().getFirst().id();
        items.setTitle(id, "Plan the garden party");
        items.setDue(id, new Due(LocalDate.now(ZoneId.systemDefault()).plusDays(4), null));
        open.screen()
                .await(
                        "it says so",
                        () -> drawn().getFirst().equals("Plan the garden party")
                                && !drawn().getLast().contains("7:00"));
        assertThat(parts()).isEqualTo(before);
    }

    private static Set<Node> parts() {
        return Screen.onScreen(
                () -> Set.copyOf(Screen.visible(node -> node.getStyleClass().contains("item-row"))
                        .getFirst()
                        .lookupAll(".label")));
    }
}
