package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

/** Checks the open window for users of screen readers and of the keyboard, and collects what is missing. */
final class AccessibilityChecker {
    private static final int MAX_STEPS = 80;

    private final Screen screen;
    private final List<String> problems = new ArrayList<>();

    AccessibilityChecker(Screen screen) {
        this.screen = screen;
    }

    /**
     * Looks at all windows, popups and menus.
     *
     * @param id what has to be there by now: a walk past something that did not open would find nothing wrong with it
     */
    void look(String where, String id) {
        screen.await(where + " is there", () -> screen.shows(id));
        Screen.onScreen(() -> {
            for (Window window : List.copyOf(Window.getWindows())) {
                if (window instanceof ContextMenu menu) {
                    menu.getItems().forEach(item -> check(where, item));
                } else if (!(window instanceof Tooltip)) {
                    problems.addAll(wrongWith(where, window.getScene().getRoot()));
                }
            }
            return true;
        });
    }

    private void check(String where, MenuItem item) {
        if (!(item instanceof SeparatorMenuItem)
                && (item.getText() == null || item.getText().isBlank())) {
            problems.add(where + ": no name for " + item);
        }
    }

    /** What a screen reader cannot say of these controls. On the JavaFX thread. */
    static List<String> wrongWith(String where, Parent root) {
        List<String> found = new ArrayList<>();
        VisualChecks.unnamed(root).forEach(problem -> found.add(where + ": " + problem));
        List<Node> all = new ArrayList<>();
        Screen.collect(root, node -> true, all);
        for (Node node : all) {
            boolean hasNoRole = node.getAccessibleRole() == null || node.getAccessibleRole() == AccessibleRole.NODE;
            if (node.isFocusTraversable() && hasNoRole) {
                found.add(where + ": no role for " + VisualChecks.place(node));
            }
            if (node instanceof ListCell<?> cell && !cell.isEmpty() && isSilent(cell)) {
                found.add(where + ": nothing to be said of " + VisualChecks.place(node));
            }
            if (isShownChosen(node) && !said(node.getAccessibleText()).contains(Messages.text(Keys.CHOICE_HOLDS, ""))) {
                found.add(where + ": only to be seen that it is chosen: " + VisualChecks.place(node));
            }
            if (node instanceof TextInputControl
                    && node.getStyleClass().contains(Styles.WRONG)
                    && said(node.getAccessibleHelp()).isBlank()) {
                found.add(where + ": only to be seen that it is wrong: " + VisualChecks.place(node));
            }
        }
        return found;
    }

    private static boolean isSilent(ListCell<?> cell) {
        return said(cell.getAccessibleText()).isBlank() && said(cell.getText()).isBlank();
    }

    private static boolean isShownChosen(Node node) {
        return !(node instanceof ToggleButton)
                && (node.getStyleClass().contains(Styles.HOLDS)
                        || node.getStyleClass().contains(Styles.CHOSEN));
    }

    private static String said(String text) {
        return text == null ? "" : text;
    }

    /** Goes once around the window with the Tab key. */
    void tab(String where, Window window) {
        tab(where, window.getScene(), window.getScene().getRoot());
    }

    /** Goes once around the part with this id, of which the focus does not leave. */
    void tabWithin(String where, String id) {
        Node part = Screen.onScreen(
                () -> Screen.visible(node -> id.equals(node.getId())).getLast());
        tab(where, part.getScene(), part);
    }

    /** What the Tab key does not reach, reaches twice in one round, or reaches unseen. */
    private void tab(String where, Scene scene, Node root) {
        Set<Node> wanted = Screen.onScreen(() -> {
            List<Node> found = new ArrayList<>();
            Screen.collect(root, AccessibilityChecker::isReached, found);
            return new LinkedHashSet<>(found);
        });
        assertThat(wanted).as(where).isNotEmpty();
        List<Node> reached = new ArrayList<>();
        for (int step = 0; step < MAX_STEPS; step++) {
            if (Screen.onScreen(() -> "detail-body".equals(scene.getFocusOwner().getId()))) {
                // Tab indents there; the user guide says how to go on.
                screen.press(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                screen.press(KeyCode.TAB);
            }
            Node focused = Screen.onScreen(scene::getFocusOwner);
            if (!reached.isEmpty() && focused.equals(reached.getFirst())) {
                break;
            }
            if (reached.contains(focused)) {
                problems.add(where + ": twice, or for ever: " + VisualChecks.place(focused));
                break;
            }
            reached.add(focused);
            if (!focused.getPseudoClassStates().contains(PseudoClass.getPseudoClass("focus-visible"))) {
                problems.add(where + ": focus is not shown: " + VisualChecks.place(focused));
            }
        }
        wanted.stream()
                .filter(node -> !reached.contains(node))
                .filter(node -> reached.stream().noneMatch(other -> inOneGroup(node, other)))
                .forEach(node -> problems.add(where + ": not reached: " + VisualChecks.place(node)));
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

    /** Fails if anything is missing. */
    void assertNothingIsMissing() {
        assertThat(problems).isEmpty();
    }
}
