package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Searches while the user types. Shows example searches while the field or the result is empty. */
final class SearchBar extends VBox {
    private final ItemListViewModel model;
    private final TextField field = new TextField();
    private final Button save;

    /**
     * @param left called when the user leaves the field with a key or the close button
     * @param saved receives the search that the user saves
     */
    SearchBar(ItemListViewModel model, Runnable left, Consumer<ItemSource.SearchResults> saved) {
        this.model = model;
        Controls.field(field, "search", Messages.text(Keys.SEARCH_PROMPT), Styles.FIELD);
        field.setAccessibleHelp(Messages.text(Keys.SEARCH_HELP));
        field.textProperty().subscribe((before, text) -> typed(text));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
            }
            if (Set.of(KeyCode.ESCAPE, KeyCode.DOWN, KeyCode.ENTER).contains(event.getCode())) {
                left.run();
                event.consume();
            }
        });
        StackPane whole = Controls.withIcon(field, Icons.SEARCH);
        HBox.setHgrow(whole, Priority.ALWAYS);
        save = Controls.iconButton("search-save", Icons.KEEP, Messages.text(Keys.SEARCH_SAVE), () -> {
            if (model.viewProperty().get() instanceof ItemSource.SearchResults found) {
                saved.accept(found);
            }
        });
        save.setDisable(true);
        Button close = Controls.iconButton("search-close", Icons.CLOSE, Messages.text(Keys.SEARCH_CLOSE), () -> {
            close();
            left.run();
        });
        HBox line = Controls.styled(new HBox(whole, save, close), Styles.QUICK_ADD, Styles.SEARCH_BAR);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(line, createExamples());
        Controls.show(this, false);
        model.viewProperty().subscribe(this::showView);
    }

    private FlowPane createExamples() {
        FlowPane examples = Controls.styled(new FlowPane(), Styles.SEARCH_EXAMPLES);
        examples.setId("search-examples");
        for (String example : Messages.text(Keys.SEARCH_EXAMPLES).split("\\|", -1)) {
            int separator = example.indexOf('=');
            String name = example.substring(0, separator);
            Button button = Controls.button("search-example", Styles.SEARCH_EXAMPLE, name, () -> {
                field.setText(example.substring(separator + 1));
                field.requestFocus();
                field.end();
            });
            button.setAccessibleText(Messages.text(Keys.SEARCH_EXAMPLE, name));
            examples.getChildren().add(button);
        }
        BooleanBinding isWanted = Bindings.createBooleanBinding(
                () -> field.getText().isBlank()
                        || (model.rows().isEmpty() && model.loadedProperty().get()),
                field.textProperty(),
                model.rows(),
                model.loadedProperty());
        examples.visibleProperty().bind(isWanted);
        examples.managedProperty().bind(isWanted);
        return examples;
    }

    /** Returns the command that presses the button to save the search. */
    ButtonCommand buttonCommand() {
        return ButtonCommand.of(save, Group.ITEMS, Icons.KEEP, Messages.text(Keys.SEARCH_SAVE));
    }

    /** Opens the field and selects its text. */
    void open() {
        Controls.show(this, true);
        field.requestFocus();
        field.selectAll();
    }

    /** Closes the field and shows the view from before the search. */
    void close() {
        field.clear();
        Controls.show(this, false);
    }

    private void typed(String text) {
        save.setDisable(text.isBlank());
        if (isVisible()) {
            model.search(text);
        }
    }

    /** Closes the search when the user opens another view. */
    private void showView(ItemSource view) {
        boolean isSearch = view instanceof ItemSource.SearchResults found && found.saved() == null;
        if (!isSearch && isVisible() && !field.getText().isBlank()) {
            Controls.show(this, false);
            field.clear();
        }
    }
}
