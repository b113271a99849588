package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.FocusTrap;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Pane;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/**
 * A button that opens a popup to change a property. It shows the value of the property, or the name of the property if
 * it has no value.
 */
abstract class PopupButton<T extends @Nullable Object> extends Button {
    private static final double GAP = 4;

    private final Consumer<T> chosen;
    private final String property;
    private @Nullable Popup popup;

    /** @param property the message key of the property's name */
    PopupButton(String id, String icon, String property, Consumer<T> chosen) {
        this.chosen = chosen;
        this.property = Messages.text(property);
        setId(id);
        getStyleClass().addAll(Styles.QUIET_BUTTON, Styles.PILL);
        setGraphic(Controls.icon(icon));
        setMinWidth(USE_PREF_SIZE);
        setOnAction(event -> open());
    }

    /** Creates the content of the popup. Called each time the popup opens. */
    abstract Pane createContent();

    /**
     * Shows a value.
     *
     * @param value the value as text; {@code null} for none
     * @param name the accessible text for screen readers
     */
    final void showValue(@Nullable String value, String name) {
        setText(value == null ? property : value);
        Controls.toggleStyle(this, Styles.UNSET, value == null);
        setAccessibleText(name);
    }

    /**
     * Opens the popup below the button. The first text field in the popup gets the focus. If the popup has no text
     * field, the current choice gets the focus, or else the first choice.
     */
    final void open() {
        Pane shown = createContent();
        shown.setId(getId() + "-popup");
        shown.getStyleClass().add(Styles.DUE_POPUP);
        Controls.stylePopup(shown.getStyleClass());
        Popup opening = new Popup();
        opening.setAutoHide(true);
        opening.setHideOnEscape(true);
        opening.getContent().add(shown);
        FocusTrap.install(shown);
        opening.setOnHidden(event -> requestFocus());
        Bounds bounds = localToScreen(getBoundsInLocal());
        opening.show(this, bounds.getMinX(), bounds.getMaxY() + GAP);
        popup = opening;
        Stream.of(Styles.FIELD, Styles.HOLDS, Styles.CHOICE)
                .map(style -> shown.lookup("." + style))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(Node::requestFocus);
    }

    /** Delivers the chosen value and closes the popup, which returns the focus to the button. */
    final void finish(T value) {
        if (popup != null) {
            popup.hide();
            popup = null;
        }
        chosen.accept(value);
    }

    /** Creates a choice in the popup. The current choice has a check mark. */
    static Button choice(String id, String text, boolean isCurrent, Runnable action) {
        Button button = Controls.button(id, Styles.CHOICE, text, action);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setGraphic(Controls.icon(Icons.DONE));
        Controls.toggleStyle(button, Styles.HOLDS, isCurrent);
        button.setAccessibleText(isCurrent ? Messages.text(Keys.CHOICE_HOLDS, text) : text);
        return button;
    }
}
