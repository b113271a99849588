package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;

/**
 * Shows the view's name and number of rows above the list, and buttons for completed items, search and view options.
 */
final class ListHeader extends HBox {
    private final ItemListViewModel model;
    private final Label title = Controls.shrinking("view-title", Styles.LIST_TITLE);
    private final ToggleButton done =
            Controls.iconToggle("show-done", Icons.SHOW_DONE, Messages.text(Keys.LIST_SHOW_DONE));

    ListHeader(ItemListViewModel model, Runnable search, Button arrange) {
        this.model = model;
        getStyleClass().add(Styles.LIST_HEADER);
        arrange.visibleProperty().bind(model.viewProperty().map(view -> !(view instanceof ItemSource.Conflicts)));
        createDone();
        getChildren()
                .setAll(
                        title,
                        createCount(),
                        createSelected(),
                        Controls.spacer(),
                        done,
                        Controls.iconButton("open-search", Icons.SEARCH, Messages.text(Keys.SEARCH_OPEN), search),
                        arrange);
    }

    /** The button that shows completed items, as a command. */
    ButtonCommand buttonCommand() {
        return ButtonCommand.of(done, Group.ITEMS, Icons.SHOW_DONE, Messages.text(Keys.LIST_SHOW_DONE));
    }

    void name(String name) {
        title.setText(SingleLineText.of(name));
        WritingDirection.apply(title, name);
    }

    private Label createCount() {
        Label count = Controls.whole("view-count", Styles.LIST_COUNT);
        count.textProperty()
                .bind(model.window().totalProperty().map(total -> total.intValue() == 0 ? "" : total.toString()));
        return count;
    }

    /** Shows how many items are selected, if several are. */
    private Label createSelected() {
        Label selected = Controls.whole("selected-count", Styles.LIST_COUNT);
        model.selection().numberProperty().subscribe(number -> {
            Controls.show(selected, number.intValue() > 1);
            selected.setText(Messages.text(Keys.LIST_SELECTED, number.intValue()));
        });
        return selected;
    }

    private void createDone() {
        done.setOnAction(event -> model.setOptions(model.optionsProperty().get().withDone(done.isSelected())));
        model.optionsProperty().subscribe(now -> done.setSelected(now.withDone()));
        model.viewProperty().subscribe(view -> Controls.show(done, view.acceptsNewItems()));
    }
}
