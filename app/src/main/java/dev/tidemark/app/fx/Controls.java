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

/** Creates controls and sets their ids, style classes, and names for screen readers. */
public final class Controls {
    private Controls() {}

    /**
     * Creates an icon of {@link dev.tidemark.resources.Icons}. Icons are decorative, so they have no accessible name.
     */
    public static FontIcon icon(String name) {
        FontIcon icon = new FontIcon(name);
        icon.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        icon.setMouseTransparent(true);
        return icon;
    }

    /** Creates a button with only an icon. Its name is the accessible text and the tooltip. */
    public static Button iconButton(String id, String icon, String name, Runnable action) {
        Button button = new Button();
        styleIconButton(button, id, icon, name);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Creates a toggle button with only an icon. */
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

    /** Creates a button with text and icon that looks like a button only under the pointer. */
    public static Button flatButton(String id, String icon, String text, Runnable action) {
        Button button = button(id, Styles.QUIET_BUTTON, text, action);
        button.setGraphic(icon(icon));
        return button;
    }

    /** Creates a button with a text and one of the style classes for buttons. */
    public static Button button(String id, String style, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setAccessibleText(text);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    public static <S extends Styleable> S styled(S part, String... styles) {
        part.getStyleClass().addAll(styles);
        return part;
    }

    /** Lets a label wrap its text. The container cannot make the label lower than its lines need. */
    public static Label wrapped(Label label) {
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Lets a node fill the remaining width of its row, or shrink to nothing. */
    public static <R extends Region> R fillWidth(R part) {
        part.setMinWidth(0);
        part.setMaxWidth(Double.MAX_VALUE);
        return part;
    }

    /** Creates a label that shrinks if its row is too narrow. The label cuts its text then. */
    public static Label truncatingLabel(String id, String style) {
        Label label = styled(new Label(), style);
        label.setId(id);
        label.setMinWidth(0);
        return label;
    }

    /** Creates a label that never cuts its text. */
    public static Label untruncatedLabel(String id, String style) {
        Label label = truncatingLabel(id, style);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /** Prepares a text field. The prompt is also the name for screen readers. */
    public static <F extends TextInputControl> F field(F field, String id, @Nullable String prompt, String... styles) {
        field.setId(id);
        field.setPromptText(prompt);
        name(field, prompt == null ? "" : prompt);
        return styled(field, styles);
    }

    /** Puts an icon before the text of a field. The stylesheets indent the text to make room for the icon. */
    public static StackPane withIcon(TextField field, String name) {
        FontIcon icon = icon(name);
        StackPane.setAlignment(icon, Pos.CENTER_LEFT);
        icon.setTranslateX(11);
        return new StackPane(field, icon);
    }

    /** Creates a pane that scrolls vertically and is as wide as its content. */
    public static ScrollPane scrolling(String id, String name, Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setId(id);
        scroll.setAccessibleText(name);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }

    /** Whether the node is {@code ancestor} or a descendant of it. */
    public static boolean isWithin(Node ancestor, @Nullable Node node) {
        Node at = node;
        while (at != null && !at.equals(ancestor)) {
            at = at.getParent();
        }
        return at != null;
    }

    /** Lets Tab leave a text area instead of inserting a tab. */
    public static void traverseFocusWithTab(TextArea area) {
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                area.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                event.consume();
            }
        });
    }

    /**
     * Gives a text field a name for screen readers: that of a label, which is in no window. A screen reader would get the
     * accessible text of a field instead of what the user typed.
     */
    public static void name(TextInputControl field, String name) {
        new Label(name).setLabelFor(field);
    }

    /** Gives a control without text a name, for screen readers and as a tooltip. */
    public static void name(Labeled control, String name) {
        control.setAccessibleText(name);
        control.setTooltip(tooltip(name));
    }

    /** Creates a tooltip with the usual delay. */
    public static Tooltip tooltip(String name) {
        Tooltip tooltip = new Tooltip(name);
        tooltip.setShowDelay(Duration.millis(600));
        return tooltip;
    }

    /** Prepares a popup for systems without transparent windows. There, the popup has square corners and no shadow. */
    public static void stylePopup(List<String> styleClasses) {
        if (!Platform.isSupported(ConditionalFeature.TRANSPARENT_WINDOW)) {
            styleClasses.add(Styles.OPAQUE);
        }
    }

    public static void toggleStyle(Node node, String style, boolean wanted) {
        if (!wanted) {
            node.getStyleClass().remove(style);
        } else if (!node.getStyleClass().contains(style)) {
            node.getStyleClass().add(style);
        }
    }

    /** Shows or hides a node. The layout ignores a hidden node. */
    public static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    /**
     * Replaces the children. Does nothing if they are equal, because JavaFX would apply the styles to all of them
     * again.
     */
    public static void fill(ObservableList<Node> children, List<? extends Node> wanted) {
        if (!children.equals(wanted)) {
            children.setAll(wanted);
        }
    }

    /** Creates a region that takes the remaining space of a row. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
