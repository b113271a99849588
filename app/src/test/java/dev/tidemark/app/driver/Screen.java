package dev.tidemark.app.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.text.TextFlow;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Finds what is on the screen, and operates it with mouse and keys. Call from any thread except the JavaFX thread. */
public final class Screen {
    private static final long TIMEOUT_SECONDS = 30;
    /** So often may something have moved until the pointer has come to it. */
    private static final int LOOKS = 100;

    /** Looks at the JavaFX thread, 10 ms apart, until what an input has set off there is over. */
    private static final int SETTLING = 2;

    private static final String TITLE = ".item-title";

    /** Tests are in a hurry; benchmarks, which look at every frame, type as a person does. */
    private final FxRobot robot = Boolean.getBoolean("tidemark.test.quickHands") ? new QuickRobot() : new FxRobot();

    static {
        // TestFX would print what a test waits for until it is there; what is never there fails the test.
        WaitForAsyncUtils.printException = false;
    }

    /** The titles of the rows that can be seen, from top to bottom. */
    public List<String> rows() {
        return onScreen(() -> cells().stream().map(Screen::titleOf).toList());
    }

    /** Whether the row with this title is ticked. */
    public boolean isTicked(String title) {
        return onScreen(() -> ((CheckBox) cell(title).lookup(".tick")).isSelected());
    }

    /** Whether the row with this title says that it has a conflict. */
    public boolean hasConflict(String title) {
        return onScreen(() -> cell(title).lookup(".chip.conflict") != null);
    }

    /** What the field, label or button with this id says. */
    public String text(String id) {
        return onScreen(() -> switch (node(id)) {
            case TextInputControl field -> field.getText();
            case Labeled label -> label.getText();
            case TextFlow flow -> flow.getAccessibleText();
            case Node other -> throw new AssertionError("#" + id + " has no text but is " + other);
        });
    }

    /** What all the labels within the part with this id say. */
    public List<String> texts(String id) {
        return onScreen(() -> {
            List<Node> labels = new ArrayList<>();
            collect(node(id), node -> node instanceof Labeled, labels);
            return labels.stream().map(label -> ((Labeled) label).getText()).toList();
        });
    }

    /** Whether there is something with this id to be seen. */
    public boolean shows(String id) {
        return onScreen(() -> !visible(node -> id.equals(node.getId())).isEmpty());
    }

    /** Whether the toggle button with this id is selected. */
    public boolean isSelected(String id) {
        return onScreen(() -> visible(node -> id.equals(node.getId())).stream()
                .anyMatch(node -> node instanceof ToggleButton button && button.isSelected()));
    }

    /** Clicks on what has this id. */
    public void click(String id) {
        click(() -> node(id));
    }

    /** Clicks on what is found in this way. */
    public void click(Callable<Node> what) {
        click(what, MouseButton.PRIMARY);
    }

    /** Clicks on the first of all that have this id. */
    public void clickFirst(String id) {
        click(() -> visible(node -> id.equals(node.getId())).getFirst());
    }

    private void click(Callable<Node> what, MouseButton button) {
        moveTo(what, 0);
        robot.clickOn(button);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /**
     * By place, as a person, and looked for anew with each look: what is there may be drawn by another node at any
     * time, and what came meanwhile, or the pointer passed, may have moved it.
     */
    private void moveTo(Callable<Node> what, double below) {
        Point2D place = onScreen(() -> place(what, below));
        for (int look = 0; look < LOOKS; look++) {
            robot.moveTo(place);
            Point2D now = onScreen(() -> place(what, below));
            if (now.equals(place)) {
                return;
            }
            place = now;
        }
        throw new AssertionError("It does not keep still under the pointer: " + onScreen(what));
    }

    /** The middle of what of it is within its window; a layout comes first, as it may put another node in its place. */
    private Point2D place(Callable<Node> what, double below) throws Exception {
        layout();
        return robot.point(what.call()).query().add(0, below);
    }

    /** How many with this id there are to be seen. */
    public int count(String id) {
        return onScreen(() -> visible(node -> id.equals(node.getId())).size());
    }

    /** Clicks twice on what has this id, without a pause that would make it two clicks. */
    public void doubleClick(String id) {
        moveTo(() -> node(id), 0);
        robot.clickOn(MouseButton.PRIMARY);
        robot.clickOn(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** Opens the context menu of what has this id. */
    public void rightClick(String id) {
        click(() -> node(id), MouseButton.SECONDARY);
    }

    /**
     * Chooses from the submenu that this line of a menu opens; the pointer goes level first, as a diagonal would cross
     * other lines.
     */
    public void choose(String menu, String id) {
        click(menu);
        await("the submenu is there", () -> shows(id));
        Point2D line = onScreen(() -> place(() -> node(menu), 0));
        Point2D choice = onScreen(() -> place(() -> node(id), 0));
        robot.moveTo(new Point2D(choice.getX(), line.getY()));
        click(id);
    }

    /** Opens the context menu of the row with this title. */
    public void rightClickRow(String title) {
        click(part(title, TITLE), MouseButton.SECONDARY);
    }

    /** Drags the row with this title onto what has this id. */
    public void dragRow(String title, String id) {
        grab(title);
        dropOn(id);
    }

    /** Drags the row with this title to before another one. */
    public void dragRowBefore(String title, String other) {
        grab(title);
        dropBefore(other);
    }

    /** Begins to drag the row with this title. */
    public void grab(String title) {
        grab(part(title, TITLE));
    }

    private void grab(Callable<Node> what) {
        moveTo(what, 0);
        robot.press(MouseButton.PRIMARY).moveBy(8, 4);
    }

    /** Holds what is being dragged so far above the lower edge of what has this id. */
    public void holdAbove(String id, double above) {
        robot.moveTo(onScreen(() -> {
            Bounds bounds = node(id).localToScreen(node(id).getLayoutBounds());
            return new Point2D(bounds.getCenterX(), bounds.getMaxY() - above);
        }));
    }

    /** Lets go of what is being dragged before the row with this title. */
    public void dropBefore(String title) {
        drop(part(title, TITLE), -12);
    }

    /** Lets go of what is being dragged on what has this id. */
    public void dropOn(String id) {
        drop(() -> node(id), 0);
    }

    private void drop(Callable<Node> what, double below) {
        moveTo(what, below);
        robot.moveBy(1, 0).release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** Whether what has this id is within the bounds of what has another one. */
    public boolean isWithin(String id, String other) {
        return onScreen(() -> {
            Node part = node(id);
            Bounds bounds = node(other).localToScene(node(other).getLayoutBounds());
            return bounds.contains(part.localToScene(part.getLayoutBounds()));
        });
    }

    /** Drags what has this id onto something else, so far below its centre. */
    public void dragLine(String id, String other, double below) {
        grab(() -> node(id));
        drop(() -> node(other), below);
    }

    /** Clicks on the row with this title. */
    public void select(String title) {
        click(part(title, TITLE));
    }

    private static Callable<Node> part(String title, String selector) {
        return () -> cell(title).lookup(selector);
    }

    /** Clicks on the circle of the row with this title. */
    public void tick(String title) {
        click(part(title, ".tick"));
    }

    /** Moves the pointer onto the row with this title. */
    public void pointAt(String title) {
        pointAt(part(title, TITLE));
    }

    /** Moves the pointer onto what is found in this way. */
    public void pointAt(Callable<Node> what) {
        moveTo(what, 0);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** How far down the window the row with this title begins. */
    public double top(String title) {
        return onScreen(() -> {
            ListCell<?> cell = cell(title);
            cell.getScene().getRoot().layout();
            return cell(title).localToScene(0, 0).getY();
        });
    }

    /** Moves the pointer to where it touches nothing. */
    public void moveAway() {
        robot.moveTo(new Point2D(990, 990));
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** Turns the wheel over a list by so many pixels; below 0 upwards. */
    public void scroll(String id, double pixels) {
        onScreen(() -> {
            if (node(id).lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                flow.scrollPixels(pixels);
            }
            return true;
        });
    }

    /** Types into whatever has the focus. */
    public void type(String text) {
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** Presses keys together and lets go of them. */
    public void press(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents(SETTLING);
    }

    /** Replaces what is in the field with this id by typing. */
    public void retype(String id, String text) {
        click(id);
        press(KeyCode.CONTROL, KeyCode.A);
        type(text);
    }

    /** Waits until this holds. */
    public void await(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS, () -> {
                WaitForAsyncUtils.waitForFxEvents(1);
                return holds(condition);
            });
        } catch (TimeoutException e) {
            throw new AssertionError("Waited in vain until " + what + "; the rows are " + rows(), e);
        }
    }

    /** What a condition looks at may not be there yet. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Everything that can be seen and matches, in all windows. On the JavaFX thread. */
    public static List<Node> visible(Predicate<Node> matches) {
        List<Node> found = new ArrayList<>();
        roots().forEach(root -> collect(root, matches, found));
        return found;
    }

    private static List<Parent> roots() {
        return Window.getWindows().stream()
                .filter(window -> window.isShowing() && window.getScene() != null)
                .map(window -> window.getScene().getRoot())
                .toList();
    }

    private static void layout() {
        roots().forEach(Parent::layout);
    }

    /** This node and everything below it that can be seen and matches. On the JavaFX thread. */
    public static void collect(Node node, Predicate<Node> matches, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        if (matches.test(node)) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, matches, found));
        }
    }

    private static Node node(String id) {
        List<Node> found = visible(node -> id.equals(node.getId()));
        if (found.isEmpty()) {
            throw new AssertionError("Nothing on the screen has the id '" + id + "'");
        }
        return found.getLast();
    }

    private static List<ListCell<?>> cells() {
        List<ListCell<?>> cells = new ArrayList<>();
        visible(node -> node.getStyleClass().contains("item-cell")).forEach(node -> {
            ListCell<?> cell = (ListCell<?>) node;
            if (!cell.isEmpty()) {
                cells.add(cell);
            }
        });
        cells.sort(Comparator.comparingDouble(cell -> cell.localToScene(0, 0).getY()));
        return cells;
    }

    private static String titleOf(ListCell<?> cell) {
        return ((Labeled) cell.lookup(".item-title")).getText();
    }

    private static ListCell<?> cell(String title) {
        // A list that draws its rows anew has none until it has been laid out.
        layout();
        List<ListCell<?>> cells = cells();
        return cells.stream()
                .filter(cell -> titleOf(cell).equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row is titled '" + title + "' but "
                        + cells.stream().map(Screen::titleOf).toList()));
    }

    /** Looks at the screen on the JavaFX thread, once everything that waits there has run. */
    public static <T> T onScreen(Callable<T> look) {
        WaitForAsyncUtils.waitForFxEvents(1);
        try {
            return WaitForAsyncUtils.asyncFx(look).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("The window does not answer", e);
        }
    }
}
