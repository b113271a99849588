package dev.tidemark.app.shell;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/** Finds visual defects of a window that a program can detect. For the JavaFX thread. */
final class VisualChecks {
    /** A person's own words may be longer than the room for them; these end in an ellipsis by design. */
    private static final Set<String> MAY_BE_CUT = Set.of(
            "item-title",
            "item-excerpt",
            "item-snippet",
            "entry-name",
            "attachment-name",
            "reminder-title",
            "tag-name");

    private static final Set<String> IDS_MAY_BE_CUT = Set.of("settings-sync-path", "sync-state", "view-title");

    private VisualChecks() {}

    static List<String> problems(Parent root) {
        List<String> problems = new ArrayList<>(unnamed(root));
        for (Node node : all(root)) {
            if (node instanceof Labeled labeled) {
                checkCut(labeled, problems);
            }
            if (node instanceof Button button) {
                checkBeside(button, problems);
            }
            if (node.getStyleClass().contains("mark") && node.getParent() != null) {
                checkCentred(node, problems);
            }
            if (node instanceof Text text
                    && !(node instanceof FontIcon)
                    && !text.getText().isBlank()) {
                checkInside(text, root, problems);
            }
        }
        return problems;
    }

    /** The controls that a screen reader could not tell from each other. */
    static List<String> unnamed(Parent root) {
        List<String> problems = new ArrayList<>();
        for (Node node : all(root)) {
            if (node instanceof Control control && isWorked(control)) {
                checkName(control, problems);
            }
        }
        return problems;
    }

    private static List<Node> all(Parent root) {
        List<Node> found = new ArrayList<>();
        Screen.collect(root, node -> true, found);
        return found;
    }

    private static void checkCut(Labeled labeled, List<String> problems) {
        String wanted = labeled.getText();
        if (wanted == null || wanted.isBlank() || mayBeCut(labeled)) {
            return;
        }
        for (Node child : labeled.getChildrenUnmodifiable()) {
            boolean words = child instanceof Text && !child.equals(labeled.getGraphic());
            if (words
                    && child instanceof Text text
                    && text.isVisible()
                    && !text.getText().equals(wanted)) {
                problems.add("'" + wanted + "' is cut to '" + text.getText() + "' in " + place(labeled));
            }
        }
    }

    private static boolean mayBeCut(Labeled labeled) {
        return labeled.getStyleClass().stream().anyMatch(MAY_BE_CUT::contains)
                || (labeled.getId() != null && IDS_MAY_BE_CUT.contains(labeled.getId()));
    }

    /** The hook in a box or circle. */
    private static void checkCentred(Node mark, List<String> problems) {
        Bounds inner = mark.localToScene(mark.getLayoutBounds());
        Bounds outer = mark.getParent().localToScene(mark.getParent().getLayoutBounds());
        if (Math.abs(inner.getCenterX() - outer.getCenterX()) > 1
                || Math.abs(inner.getCenterY() - outer.getCenterY()) > 1) {
            problems.add("the mark of " + place(mark.getParent().getParent()) + " is not in its middle");
        }
    }

    /** A text that sticks out of the control that it belongs to, or of the window, is not to be read. */
    private static void checkInside(Text text, Parent root, List<String> problems) {
        Parent owner = text.getParent();
        while (owner != null && !(owner instanceof Labeled) && !owner.equals(root)) {
            owner = owner.getParent();
        }
        if (isScrolled(text)) {
            return;
        }
        Bounds inner = text.localToScene(text.getLayoutBounds());
        Bounds outer = (owner == null ? root : owner).localToScene((owner == null ? root : owner).getLayoutBounds());
        double slack = 3;
        if (inner.getMinX() < outer.getMinX() - slack
                || inner.getMaxX() > outer.getMaxX() + slack
                || inner.getMinY() < outer.getMinY() - slack
                || inner.getMaxY() > outer.getMaxY() + slack) {
            problems.add("'" + text.getText() + "' sticks out of " + place(owner == null ? root : owner));
        }
    }

    /**
     * Beside others in a place that is too narrow for all of them, the last ones stick out at its right. The actions of
     * a row stand in the margin beside it, on purpose.
     */
    private static void checkBeside(Button button, List<String> problems) {
        double right = button.localToScene(button.getLayoutBounds()).getMaxX();
        for (Parent place = button.getParent();
                place instanceof Pane
                        && !(place.getParent() instanceof Control)
                        && !place.getStyleClass().contains(Styles.ROW_ACTIONS);
                place = place.getParent()) {
            if (right > place.localToScene(place.getLayoutBounds()).getMaxX() + 1) {
                problems.add(place(button) + " sticks out of " + place(place));
                return;
            }
        }
    }

    private static boolean isScrolled(Node node) {
        for (Parent parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof ScrollPane || parent instanceof ListCell) {
                return true;
            }
        }
        return false;
    }

    /** Labels say their own text, lines between entries say nothing, and scroll bars belong to what they scroll. */
    private static boolean isWorked(Control control) {
        return !(control instanceof Label
                || control instanceof ScrollBar
                || control instanceof ProgressBar
                || control instanceof Separator
                || control instanceof ListCell
                || isPartOfAnotherControl(control));
    }

    private static boolean isPartOfAnotherControl(Control control) {
        Parent parent = control.getParent();
        return parent != null
                && (parent instanceof TextInputControl
                        || control.getStyleClass().contains("list-cell"));
    }

    private static void checkName(Control control, List<String> problems) {
        String name = control instanceof TextInputControl field ? labelOf(field) : control.getAccessibleText();
        if (name == null && control instanceof Labeled labeled) {
            name = labeled.getText();
        }
        if (name == null || name.isBlank()) {
            problems.add("no name for " + place(control));
        }
    }

    /** A text field has no accessible text: a screen reader would get it instead of the text. */
    private static String labelOf(TextInputControl field) {
        boolean isText = field.getAccessibleText() == null;
        return isText && field.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY) instanceof Label label
                ? label.getText()
                : null;
    }

    static String place(Node node) {
        return node.getClass().getSimpleName()
                + (node.getId() == null ? "" : "#" + node.getId())
                + node.getStyleClass();
    }
}
