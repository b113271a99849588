package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Styles;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** Lets the user type the name of a new sidebar line. Visible only while the user types. */
final class NewNameField extends HBox {
    private final TextField field = new TextField();
    private final Consumer<String> created;

    NewNameField(String id, @Nullable String prompt, Consumer<String> created) {
        this.created = created;
        getStyleClass().add(Styles.NEW_LIST);
        Controls.field(field, id, prompt, Styles.FIELD);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setOnAction(event -> create());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
            }
        });
        field.focusedProperty().subscribe((before, focused) -> {
            if (before && !focused && field.getText().isBlank()) {
                close();
            }
        });
        getChildren().setAll(field);
        close();
    }

    void open() {
        field.clear();
        Controls.show(this, true);
        field.requestFocus();
    }

    void close() {
        Controls.show(this, false);
    }

    private void create() {
        String name = field.getText();
        field.clear();
        close();
        created.accept(name);
    }
}
