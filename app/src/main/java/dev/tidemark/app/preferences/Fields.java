package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Creates pages, groups and fields of the settings. Names and labels are keys of the text bundle. */
final class Fields {
    private Fields() {}

    static void page(VBox page, String id, String title, Node... content) {
        page.setId(id);
        page.getStyleClass().add(Styles.SETTINGS_PAGE);
        Label heading = new Label(Messages.text(title));
        heading.getStyleClass().add(Styles.SETTINGS_TITLE);
        page.getChildren().setAll(heading);
        page.getChildren().addAll(content);
    }

    static VBox group(Node... rows) {
        VBox group = new VBox(rows);
        group.getStyleClass().add(Styles.SETTINGS_GROUP);
        return group;
    }

    /** Creates a wrapped text that never shrinks below its height. */
    static Label hintLabel(String id, String... styles) {
        Label note = new Label();
        note.setId(id);
        note.getStyleClass().add(Styles.SETTINGS_HINT);
        note.getStyleClass().addAll(styles);
        return Controls.wrapped(note);
    }

    static TextField text(String id, String name, String prompt, Property<String> value) {
        TextField field = style(new TextField(), id, name, prompt, Styles.SETTING);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    /** Creates a field that submits its text on Enter and when it loses the focus. */
    static TextField submitting(String id, String name, String prompt, String style, Consumer<String> submit) {
        TextField field = style(new TextField(), id, name, prompt, style);
        field.setOnAction(event -> submit.accept(field.getText()));
        field.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                submit.accept(field.getText());
            }
        });
        return field;
    }

    static PasswordField secret(String id, String name) {
        return style(new PasswordField(), id, name, "", Styles.SETTING);
    }

    private static <F extends TextField> F style(F field, String id, String name, String prompt, String style) {
        field.setId(id);
        field.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED, style);
        Controls.name(field, Messages.text(name));
        field.setPromptText(prompt);
        return field;
    }

    static Button plain(String id, String name, Runnable action) {
        return Controls.button(id, Styles.PLAIN, Messages.text(name), action);
    }

    static Button primary(String id, String name, Runnable action) {
        return Controls.button(id, Styles.PRIMARY, Messages.text(name), action);
    }

    /**
     * Creates a control for the choice between a few values.
     *
     * @param labels the keys of the labels, in the order of {@code values}
     */
    static <T> SegmentedControl<T> choice(String id, String name, T[] values, Consumer<T> chosen, String... labels) {
        SegmentedControl<T> bar = new SegmentedControl<>(id, Messages.text(name));
        for (int index = 0; index < labels.length; index++) {
            bar.with(values[index], Messages.text(labels[index]), chosen);
        }
        return bar;
    }

    /** Creates a button that opens a menu of choices. */
    static <T> Button menu(String id, String name, List<T> choices, Function<T, String> words, Consumer<T> chosen) {
        Button button = new Button();
        button.setId(id);
        button.getStyleClass().add(Styles.PLAIN);
        button.textProperty()
                .subscribe(text ->
                        button.setAccessibleText(Messages.text(Keys.COMMAND_CHOICE, Messages.text(name), text)));
        // The arrow shows that the button opens a menu.
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
