package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;

/** Makes the fields of the settings, all alike. */
final class Fields {
    private Fields() {}

    static TextField text(String id, String name, String prompt, Property<String> value) {
        TextField field = style(new TextField(), id, name, prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    static PasswordField secret(String id, String name, String prompt) {
        return style(new PasswordField(), id, name, prompt);
    }

    private static <F extends TextField> F style(F field, String id, String name, String prompt) {
        field.setId(id);
        field.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED, Styles.SETTING);
        field.setAccessibleText(name);
        field.setPromptText(prompt);
        return field;
    }

    /** A button that opens a menu of choices. */
    static <T> Button menu(String id, String name, List<T> choices, Function<T, String> words, Consumer<T> chosen) {
        Button button = new Button();
        button.setId(id);
        button.getStyleClass().add(Styles.PLAIN);
        button.textProperty()
                .subscribe(text -> button.setAccessibleText(Messages.text(Keys.COMMAND_CHOICE, name, text)));
        // Says that it does not do something but opens something.
        button.setGraphic(Controls.icon(Icons.OPENS_BELOW));
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setOnAction(event -> {
            ContextMenu menu = new ContextMenu();
            Controls.stylePopup(menu.getStyleClass());
            for (T choice : choices) {
                MenuItem item = new MenuItem(words.apply(choice));
                item.setOnAction(click -> chosen.accept(choice));
                menu.getItems().add(item);
            }
            menu.show(button, Side.BOTTOM, 0, 4);
        });
        return button;
    }
}
