package dev.tidemark.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.shell.OpenWindow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed count updates nothing else: each merge of a sync can change the counts of all lists. */
class SidebarCountUpdatesTest {
    /** Stands where a title stood until the row is filled again. */
    private static final String PENCILLED = "pencilled";

    @TempDir
    Path profile;

    @Test
    void aCountThatChangesDrawsNeitherTheLinesNorTheRowsAnew() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            LocalDate today = LocalDate.now(ZoneId.systemDefault());
            Lists lists = new Lists(open.composition().database());
            Items items = new Items(open.composition().database());
            UUID home = lists.add("Home");
            UUID work = lists.add("Work");
            items.add(NewItem.todo("Sweep").inList(home).withDue(Due.parse(today.toString())));
            Screen screen = open.screen();
            screen.await("the list is there", () -> count(open, home).equals("1"));
            Screen.onScreen(() -> {
                open.window().model().list().show(new ItemSource.Today(today));
                return true;
            });
            screen.await("its item is there", () -> screen.rows().equals(List.of("Sweep")));
            List<Node> dots = dots(open, home, work);
            Screen.onScreen(() -> {
                title(open).setText(PENCILLED);
                return true;
            });

            items.add(NewItem.todo("Call Ada").inList(work));
            screen.await(
                    "both have been told of",
                    () -> count(open, work).equals("1")
                            && open.window().model().sidebar().lists().stream().allMatch(list -> list.open() == 1));

            assertThat(dots(open, home, work)).isEqualTo(dots);
            assertThat(Screen.onScreen(() -> title(open).getText()))
                    .as("a row that nobody filled again")
                    .isEqualTo(PENCILLED);
        }
    }

    private static String count(OpenWindow open, UUID list) {
        return Screen.onScreen(() -> {
            Node line = open.window().stage().getScene().lookup("#list-" + list);
            return line == null ? "" : ((Labeled) line.lookup(".entry-count")).getText();
        });
    }

    private static Labeled title(OpenWindow open) {
        return (Labeled) open.window().stage().getScene().lookup(".item-title");
    }

    /** The dots in the lines of the lists, once everything is laid out; a line that is drawn anew has another. */
    private static List<Node> dots(OpenWindow open, UUID... lists) {
        return Screen.onScreen(() -> {
            Parent root = open.window().stage().getScene().getRoot();
            root.applyCss();
            root.layout();
            return List.of(
                    root.lookup("#list-" + lists[0]).lookup(".list-dot"),
                    root.lookup("#list-" + lists[1]).lookup(".list-dot"));
        });
    }
}
