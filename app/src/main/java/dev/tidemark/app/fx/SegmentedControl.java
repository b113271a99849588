package dev.tidemark.app.fx;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** Shows a row of buttons, one of which is selected. */
public final class SegmentedControl<T> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final Map<T, ToggleButton> buttons = new LinkedHashMap<>();

    /** @param name the name of the setting, for screen readers */
    public SegmentedControl(String id, String name) {
        setId(id);
        setAccessibleText(name);
        getStyleClass().add(Styles.CHOICE_BAR);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    /** Adds a choice at the end of the row. */
    public SegmentedControl<T> with(T value, String text, Consumer<T> chosen) {
        ToggleButton button = new ToggleButton(text) {
            @Override
            public void fire() {
                if (!isSelected()) {
                    super.fire();
                    chosen.accept(value);
                }
            }
        };
        button.setId(getId() + "-" + value.toString().toLowerCase(Locale.ROOT));
        // The text alone does not name the setting.
        button.setAccessibleText(Messages.text(Keys.COMMAND_CHOICE, getAccessibleText(), text));
        button.setMinWidth(USE_PREF_SIZE);
        button.setToggleGroup(group);
        buttons.put(value, button);
        getChildren().add(button);
        return this;
    }

    public void select(T value) {
        group.selectToggle(buttons.get(value));
    }
}
