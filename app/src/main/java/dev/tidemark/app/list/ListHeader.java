package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Shows the view's name and number of rows above the list, and buttons for search and view options. */
final class ListHeader extends HBox {
    private final ItemListViewModel model;
    private final Label title = Controls.truncatingLabel("view-title", Styles.LIST_TITLE);

    ListHeader(ItemListViewModel model, Runnable search, Button arrange) {
        this.model = model;
        getStyleClass().add(Styles.LIST_HEADER);
        arrange.visibleProperty().bind(model.viewProperty().map(view -> !(view instanceof ItemSource.Conflicts)));
        getChildren()
                .setAll(
                        title,
                        createCount(),
                        createSelected(),
                        Controls.spacer(),
                        Controls.iconButton("open-search", Icons.SEARCH, Messages.text(Keys.SEARCH_OPEN), search),
                        arrange);
    }

    void name(String name) {
        title.setText(SingleLineText.of(name));
        WritingDirection.apply(title, name);
    }

    private Label createCount() {
        Label count = Controls.untruncatedLabel("view-count", Styles.LIST_COUNT);
        count.textProperty()
                .bind(model.window().totalProperty().map(total -> total.intValue() == 0 ? "" : total.toString()));
        return count;
    }

    /** Creates the label with the number of selected items. The label is visible while several items are selected. */
    private Label createSelected() {
        Label selected = Controls.untruncatedLabel("selected-count", Styles.LIST_COUNT);
        model.selection().numberProperty().subscribe(number -> {
            Controls.show(selected, number.intValue() > 1);
            selected.setText(Messages.text(Keys.LIST_SELECTED, number.intValue()));
        });
        return selected;
    }
}
