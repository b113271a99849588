package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.app.sidebar.SidebarEntry;
import dev.tidemark.proof.Proof;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the palette and their keys in the real window. */
class CommandsTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    /** Buttons whose command has another way than pressing them. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "open-search", "Search",
            "open-settings", "Settings",
            "detail-more", "Convert to note or todo",
            "detail-done", "Complete or reopen",
            "tick", "Complete or reopen",
            "row-trash", "Move to Trash",
            "sync-state", "Sync now");

    private static OpenWindow withAnItem() {
        OpenWindow open = WINDOW.open();
        new Items(open.composition().database()).add(NewItem.todo("Book the ferry"));
        Screen screen = open.screen();
        screen.await("the item is there", () -> screen.rows().contains("Book the ferry"));
        screen.select("Book the ferry");
        screen.await("it is open", () -> screen.text("detail-title").equals("Book the ferry"));
        return open;
    }

    private static List<String> names(OpenWindow open) {
        return Screen.onScreen(
                () -> open.window().commands().all().stream().map(Command::name).toList());
    }

    @Test
    void everyViewAndEveryButtonHasACommand() throws Exception {
        OpenWindow open = withAnItem();
        List<String> names = names(open);
        assertThat(names)
                .contains(
                        "Inbox",
                        "Today",
                        "Upcoming",
                        "All",
                        "Notes",
                        "Completed",
                        "Conflicts",
                        "Trash",
                        "Appearance: Dark",
                        "New list",
                        "New tag")
                .doesNotHaveDuplicates();
        Set<Node> commanded = open.window().commands().buttons().stream()
                .map(ButtonCommand::button)
                .collect(Collectors.toSet());
        Set<String> without = new TreeSet<>();
        for (Node node : Screen.onScreen(() -> Screen.visible(each -> each instanceof ButtonBase))) {
            String id = node.getId() == null && node.getStyleClass().contains(Styles.TICK)
                    ? "tick"
                    : String.valueOf(node.getId());
            boolean isPlace = id.startsWith("view-") || node instanceof SidebarEntry;
            if (!isPlace && !commanded.contains(node) && !names.contains(OTHERWISE.getOrDefault(id, "-"))) {
                without.add(id);
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void aKeyTogglesThePreview() throws Exception {
        OpenWindow open = withAnItem();
        Screen screen = open.screen();
        assertThat(screen.shows("detail-preview")).isFalse();
        screen.press(KeyCode.CONTROL, KeyCode.E);
        screen.await("the preview is shown", () -> screen.shows("detail-preview"));
        screen.press(KeyCode.CONTROL, KeyCode.E);
        screen.await("the text is shown", () -> screen.shows("detail-body"));
    }

    @Proof
    @Test
    void thePaletteRunsTheCommandsOfButtons() throws Exception {
        OpenWindow open = withAnItem();
        Screen screen = open.screen();
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("new list");
        screen.press(KeyCode.ENTER);
        screen.await("a name can be typed", () -> screen.shows("new-list-name"));
        screen.type("Travel");
        screen.press(KeyCode.ENTER);
        screen.await("the list is shown", () -> screen.text("view-title").equals("Travel"));
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("appearance dark");
        screen.press(KeyCode.ENTER);
        screen.await(
                "it is dark",
                () -> open.window().preferences().settingsProperty().get().get(Setting.THEME) == Theme.DARK);
        open.composition().set(Setting.THEME, "light");
        screen.press(KeyCode.CONTROL, KeyCode.DIGIT8);
        screen.await("the conflicts are shown", () -> screen.shows("conflicts"));
    }
}
