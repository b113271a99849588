package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.collections.ObservableList;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
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

    /** Adds or removes a style class. */
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

    /** Takes the remaining space of a row. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
