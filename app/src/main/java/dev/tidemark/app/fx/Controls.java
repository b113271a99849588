package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.collections.ObservableList;
import javafx.css.Styleable;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Creates controls with an id, a style class and a name for screen readers. */
public final class Controls {
    private Controls() {}

    /** An icon of {@link dev.tidemark.resources.Icons}; decorative, so it has no accessible name. */
    public static FontIcon icon(String name) {
        FontIcon icon = new FontIcon(name);
        icon.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        icon.setMouseTransparent(true);
        return icon;
    }

    /** A button with an icon only; its name is the accessible text and the tooltip. */
    public static Button iconButton(String id, String icon, String name, Runnable action) {
        Button button = new Button();
        styleIconButton(button, id, icon, name);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** A toggle button with an icon only. */
    public static ToggleButton iconToggle(String id, String icon, String name) {
        ToggleButton button = new ToggleButton();
        styleIconButton(button, id, icon, name);
        return button;
    }

    private static void styleIconButton(ButtonBase button, String id, String icon, String name) {
        button.setId(id);
        button.getStyleClass().add(Styles.ICON_BUTTON);
        button.setGraphic(icon(icon));
        name(button, name);
    }

    /** A text with an icon that looks like a button only under the pointer. */
    public static Button quietButton(String id, String icon, String text, Runnable action) {
        Button button = button(id, Styles.QUIET_BUTTON, text, action);
        button.setGraphic(icon(icon));
        return button;
    }

    /** A button with a text and one of the style classes for buttons. */
    public static Button button(String id, String style, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setAccessibleText(text);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Adds style classes. */
    public static <S extends Styleable> S styled(S part, String... styles) {
        part.getStyleClass().addAll(styles);
        return part;
    }

    /** Lets a label break its text into lines; its row never cuts them. */
    public static Label wrapped(Label label) {
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Lets a part fill the width of its row, and shrink to nothing. */
    public static <R extends Region> R elastic(R part) {
        part.setMinWidth(0);
        part.setMaxWidth(Double.MAX_VALUE);
        return part;
    }

    /** A label with an id that other parts of its row may cut, down to nothing. */
    public static Label shrinking(String id, String style) {
        Label label = styled(new Label(), style);
        label.setId(id);
        label.setMinWidth(0);
        return label;
    }

    /** A label with an id that always shows its whole line. */
    public static Label whole(String id, String style) {
        Label label = shrinking(id, style);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /** Prepares a field: its prompt is also its name for screen readers. */
    public static <F extends TextInputControl> F field(F field, String id, @Nullable String prompt, String... styles) {
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        return styled(field, styles);
    }

    /** A field with an icon before its text; the stylesheets indent the text. */
    public static StackPane withIcon(TextField field, String name) {
        FontIcon icon = icon(name);
        StackPane.setAlignment(icon, Pos.CENTER_LEFT);
        icon.setTranslateX(11);
        return new StackPane(field, icon);
    }

    /** A pane that scrolls up and down; as wide as its content. */
    public static ScrollPane scrolling(String id, String name, Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setId(id);
        scroll.setAccessibleText(name);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }

    /** Whether the node is the ancestor or below it. */
    public static boolean isWithin(Node ancestor, @Nullable Node node) {
        Node at = node;
        while (at != null && !at.equals(ancestor)) {
            at = at.getParent();
        }
        return at != null;
    }

    /** Lets Tab leave a text area instead of inserting a tab. */
    public static void leaveByTab(TextArea area) {
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                area.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                event.consume();
            }
        });
    }

    /** Names a control that has no visible text. */
    public static void name(Labeled control, String name) {
        control.setAccessibleText(name);
        control.setTooltip(tooltip(name));
    }

    /** A tooltip with the usual delay. */
    public static Tooltip tooltip(String name) {
        Tooltip tooltip = new Tooltip(name);
        tooltip.setShowDelay(Duration.millis(600));
        return tooltip;
    }

    /** Styles the content of a popup: where windows cannot be transparent, it has square corners and no shadow. */
    public static void stylePopup(List<String> styleClasses) {
        if (!Platform.isSupported(ConditionalFeature.TRANSPARENT_WINDOW)) {
            styleClasses.add(Styles.OPAQUE);
        }
    }

    public static void style(Node node, String style, boolean wanted) {
        if (!wanted) {
            node.getStyleClass().remove(style);
        } else if (!node.getStyleClass().contains(style)) {
            node.getStyleClass().add(style);
        }
    }

    /** Shows the node and includes it in the layout, or neither. */
    public static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    /** Sets the children unless they are equal: JavaFX applies styles again to re-added nodes. */
    public static void fill(ObservableList<Node> children, List<? extends Node> wanted) {
        if (!children.equals(wanted)) {
            children.setAll(wanted);
        }
    }

    /** A region that takes the remaining space of a row. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
