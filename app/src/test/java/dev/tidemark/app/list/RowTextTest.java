package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.SharedWindow;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Texts of rows, headings and the empty list in the window. */
@ExtendWith(KeptLanguage.class)
class RowTextTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static final LocalDate TODAY = LocalDate.now(ZoneId.systemDefault());

    @TempDir
    private Path profile;

    private static void show(OpenWindow open, ItemSource view) {
        Screen.onScreen(() -> {
            open.window().model().list().show(view);
            return true;
        });
    }

    private static Node row(String title) {
        return Screen.visible(node -> node instanceof ListCell<?> cell
                        && cell.getStyleClass().contains("item-cell")
                        && !cell.isEmpty()
                        && ((Labeled) cell.lookup(".item-title")).getText().equals(title))
                .getFirst();
    }

    /** What stands in the row beside its title, as it is drawn. */
    private static List<String> chips(String title) {
        return Screen.onScreen(() -> {
            row(title).getScene().getRoot().layout();
            return row(title).lookupAll(".chip").stream()
                    .filter(Node::isVisible)
                    .map(chip -> ((Label) chip).getText())
                    .toList();
        });
    }

    private static double width(String title) {
        return Screen.onScreen(
                () -> row(title).lookup(".item-title").getLayoutBounds().getWidth());
    }

    private static String sentence(String title) {
        return Screen.onScreen(() -> row(title).getAccessibleText());
    }

    @Test
    void aRowUnderThePointerStillShowsItsChips() throws Exception {
        OpenWindow open = WINDOW.open();
        Items items = new Items(open.composition().database());
        items.add(NewItem.todo("Plan")
                .withTags(List.of("family", "food", "presents"))
                .withPriority(Priority.MEDIUM)
                .withDue(new Due(TODAY.minusDays(30))));
        Screen screen = open.screen();
        screen.await("it is there", () -> screen.rows().equals(List.of("Plan")));
        screen.moveAway();
        List<String> before = chips("Plan");
        double width = width("Plan");
        assertThat(before).contains("#family #food");
        assertThat(sentence("Plan")).startsWith("Plan, overdue since ");
        screen.pointAt("Plan");
        assertThat(screen.shows("row-trash")).isTrue();
        assertThat(chips("Plan")).isEqualTo(before);
        assertThat(width("Plan")).isEqualTo(width);
        screen.click("row-trash");
        screen.await("it can be clicked", () -> screen.rows().isEmpty());
    }

    @Test
    void trashedAndCompletedItemsAreNotOverdue() throws Exception {
        OpenWindow open = WINDOW.open();
        Items items = new Items(open.composition().database());
        items.trash(items.add(NewItem.todo("Trashed").withDue(new Due(TODAY.minusDays(3)))));
        items.setDone(items.add(NewItem.todo("Completed").withDue(new Due(TODAY.minusDays(3)))), true);
        Screen screen = open.screen();
        for (ItemSource view : List.of(new ItemSource.Trash(), new ItemSource.Completed())) {
            show(open, view);
            String title = view instanceof ItemSource.Trash ? "Trashed" : "Completed";
            screen.await("it is there", () -> screen.rows().equals(List.of(title)));
            assertThat(sentence(title)).contains(", due ").doesNotContain("overdue");
            screen.select(title);
            screen.await("it is open", () -> screen.text("detail-title").equals(title));
            assertThat(Screen.visible(node -> node.getStyleClass().contains("overdue")))
                    .isEmpty();
        }
    }

    @Test
    void aChipUnderThePointerHasATooltip() throws Exception {
        OpenWindow open = WINDOW.open();
        new Items(open.composition().database())
                .add(NewItem.todo("Plan")
                        .withTags(List.of("family", "food", "presents"))
                        .withPriority(Priority.MEDIUM));
        Screen screen = open.screen();
        screen.await("it is there", () -> screen.rows().equals(List.of("Plan")));
        for (Node chip : Screen.onScreen(() ->
                row("Plan").lookupAll(".chip").stream().filter(Node::isVisible).toList())) {
            Label label = (Label) chip;
            assertThat(Screen.onScreen(label::getTooltip)).isNull();
            screen.pointAt(() -> label);
            assertThat(Screen.onScreen(() -> label.getTooltip().getText()))
                    .isEqualTo(label.getText().startsWith("#") ? "#family #food #presents" : "Medium priority");
        }
    }

    @Test
    void upcomingRowsHaveAHeadingForEachGroup() throws Exception {
        OpenWindow open = WINDOW.open();
        Items items = new Items(open.composition().database());
        for (String title : List.of("Open", "Done")) {
            UUID today = items.add(NewItem.todo(title + " today").withDue(new Due(TODAY)));
            UUID later = items.add(NewItem.todo(title + " later").withDue(new Due(TODAY.plusDays(20))));
            items.setDone(today, title.equals("Done"));
            items.setDone(later, title.equals("Done"));
        }
        Screen screen = open.screen();
        show(open, new ItemSource.Upcoming(TODAY));
        screen.click("arrange");
        screen.click("arrange-show-done");
        screen.await("all are there", () -> screen.rows().size() == 4);
        String later = DayGroup.of(TODAY.plusDays(20), TODAY).heading(TODAY);
        screen.await("each group has one heading", () -> headings().equals(List.of("Today", later, "Completed")));
        screen.click("arrange");
        screen.click("arrange-show-done");
        screen.await("what is done is hidden", () -> screen.rows().size() == 2);
        screen.tick("Open today");
        screen.await("it is ticked", () -> screen.isTicked("Open today"));
        assertThat(headings()).doesNotContain("Completed");
    }

    private static List<String> headings() {
        return Screen.onScreen(() -> Screen.visible(node -> node.getStyleClass().contains("group-name")).stream()
                .sorted(Comparator.comparingDouble(
                        node -> node.localToScene(0, 0).getY()))
                .map(node -> ((Labeled) node).getText())
                .toList());
    }

    @Test
    void aFoundRowHasRoomForTitleAndExcerpt() throws Exception {
        OpenWindow open = WINDOW.open();
        new Items(open.composition().database()).add(NewItem.todo("Plan").withBody("Invite eight people for dinner"));
        Screen screen = open.screen();
        show(open, new ItemSource.SearchResults("dinner", TODAY, null));
        screen.await("it is found", () -> screen.rows().equals(List.of("Plan")));
        screen.await(
                "it is higher",
                () -> Screen.onScreen(() -> row("Plan").getLayoutBounds().getHeight()) == 50);
    }

    @Proof
    @Test
    void aHighlightedRowNamesTheDeviceItCameFrom(@TempDir Path otherProfile, @TempDir Path folder) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile);
                AppContext other = AppContext.of(ProfileFolders.below(otherProfile))) {
            Screen screen = open.screen();
            Set<String> said = ConcurrentHashMap.newKeySet();
            Screen.onScreen(() -> {
                open.window().stage().getScene().addPostLayoutPulseListener(() -> {
                    for (Node chip : Screen.visible(node -> node.getStyleClass().contains("chip"))) {
                        said.add(((Label) chip).getText());
                    }
                });
                return true;
            });
            open.composition().set(Setting.SYNC_FOLDER, folder.toString());
            other.set(Setting.DEVICE_NAME, "Phone");
            new Items(other.database()).add(NewItem.todo("Theirs"));
            other.set(Setting.SYNC_FOLDER, folder.toString());
            other.sync().syncNow().get();
            open.composition().sync().syncNow().get();
            screen.await("it says from where", () -> said.contains("from Phone"));
            screen.await("that is over", () -> !chips("Theirs").contains("from Phone"));
        }
    }
}
