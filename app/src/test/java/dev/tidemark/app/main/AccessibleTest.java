package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever uses the keyboard or a screen reader gets everywhere, and is told what is there. */
class AccessibleTest {
    private static final int MOST_STEPS = 80;

    @TempDir
    private Path profile;

    @Test
    void everythingHasARoleAndANameWhereverOneGoes() throws Exception {
        List<String> problems = new ArrayList<>();
        try (OpenWindow open = opened()) {
            Screen screen = open.screen();
            walk("main", problems);
            for (String popup :
                    List.of("detail-due", "detail-reminder", "detail-repeat", "detail-priority", "detail-list")) {
                if (screen.shows(popup)) {
                    screen.click(popup);
                    walk(popup, problems);
                    screen.press(KeyCode.ESCAPE);
                }
            }
            screen.press(KeyCode.CONTROL, KeyCode.K);
            walk("palette", problems);
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            walk("shortcuts", problems);
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.CONTROL, KeyCode.F);
            walk("search", problems);
            screen.press(KeyCode.ESCAPE);
            screen.click("open-settings");
            for (String page : List.of("general", "sync", "about")) {
                screen.click("settings-" + page);
                walk("settings " + page, problems);
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void tabReachesEveryControlOnceAndTheFocusIsSeen() throws Exception {
        try (OpenWindow open = opened()) {
            Screen screen = open.screen();
            Stage stage = open.window().stage();
            assertThat(tabThrough(screen, stage)).isEmpty();
            Screen.onScreen(() -> {
                Screen.visible(node -> "view-inbox".equals(node.getId()))
                        .getFirst()
                        .requestFocus();
                return true;
            });
            screen.press(KeyCode.DOWN);
            assertThat(Screen.onScreen(() -> stage.getScene().getFocusOwner().getId()))
                    .isEqualTo("view-today");
            screen.click("open-settings");
            for (String page : List.of("general", "sync", "about")) {
                screen.click("settings-" + page);
                assertThat(tabThrough(
                                screen,
                                java.util.Objects.requireNonNull(open.window().openedPreferences())
                                        .stage()))
                        .as(page)
                        .isEmpty();
            }
        }
    }

    @Test
    void aControlWithoutANameIsNoticed() {
        Screen.onScreen(() -> {
            List<String> problems = new ArrayList<>();
            check("planted", new Pane(new Button()), problems);
            assertThat(problems).hasSize(1).first().asString().contains("planted: no name for Button");
            return true;
        });
    }

    private OpenWindow opened() throws Exception {
        OpenWindow open = OpenWindow.on(profile);
        SampleLibrary.fill(open.composition().database(), LocalDate.now(ZoneId.systemDefault()));
        Screen screen = open.screen();
        screen.await("the rows are there", () -> screen.rows().contains("Plan the birthday dinner"));
        screen.select("Plan the birthday dinner");
        screen.await("it is open", () -> screen.shows("detail-title"));
        return open;
    }

    /** All windows and popups that are open. */
    private static void walk(String where, List<String> problems) {
        Screen.onScreen(() -> {
            for (Window window : List.copyOf(Window.getWindows())) {
                if (!(window instanceof javafx.scene.control.Tooltip)) {
                    check(where, window.getScene().getRoot(), problems);
                }
            }
            return true;
        });
    }

    private static void check(String where, javafx.scene.Parent root, List<String> problems) {
        VisualChecks.unnamed(root).forEach(problem -> problems.add(where + ": " + problem));
        List<Node> all = new ArrayList<>();
        Screen.collect(root, Node::isFocusTraversable, all);
        for (Node node : all) {
            if (node.getAccessibleRole() == null || node.getAccessibleRole() == AccessibleRole.NODE) {
                problems.add(where + ": no role for " + VisualChecks.place(node));
            }
        }
    }

    /** What the Tab key does not reach, reaches twice in one round, or reaches unseen. */
    private static List<String> tabThrough(Screen screen, Stage stage) {
        Set<Node> wanted = Screen.onScreen(() -> {
            List<Node> found = new ArrayList<>();
            Screen.collect(stage.getScene().getRoot(), AccessibleTest::isReached, found);
            return new LinkedHashSet<>(found);
        });
        List<String> problems = new ArrayList<>();
        List<Node> reached = new ArrayList<>();
        for (int step = 0; step < MOST_STEPS; step++) {
            if (Screen.onScreen(
                    () -> "detail-body".equals(stage.getScene().getFocusOwner().getId()))) {
                // Tab indents there; the user guide says how to go on.
                screen.press(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                screen.press(KeyCode.TAB);
            }
            Node focused = Screen.onScreen(() -> stage.getScene().getFocusOwner());
            if (!reached.isEmpty() && focused.equals(reached.getFirst())) {
                break;
            }
            if (reached.contains(focused)) {
                problems.add("twice, or for ever: " + VisualChecks.place(focused));
                break;
            }
            reached.add(focused);
            if (!focused.getPseudoClassStates().contains(PseudoClass.getPseudoClass("focus-visible"))) {
                problems.add("focus is not shown: " + VisualChecks.place(focused));
            }
        }
        wanted.stream()
                .filter(node -> !reached.contains(node))
                .filter(node -> reached.stream().noneMatch(other -> inOneGroup(node, other)))
                .forEach(node -> problems.add("not reached: " + VisualChecks.place(node)));
        return problems;
    }

    /** Of toggles that exclude each other, Tab reaches the chosen one, and arrows the others, as of radio buttons. */
    private static boolean inOneGroup(Node one, Node other) {
        return one instanceof ToggleButton first
                && other instanceof ToggleButton second
                && first.getToggleGroup() != null
                && first.getToggleGroup().equals(second.getToggleGroup());
    }

    private static boolean isReached(Node node) {
        return node instanceof Control
                && !(node instanceof ScrollPane)
                && !(node instanceof ListCell)
                && node.isFocusTraversable()
                && !node.isDisabled();
    }
}
