package dev.tidemark.app.list;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Shows one sentence and one button while the list is empty. */
final class EmptyState extends VBox {
    private final Label text = new Label();
    private final Button action;

    EmptyState(ItemListViewModel model, Runnable act) {
        getStyleClass().add(Styles.EMPTY_STATE);
        text.setId("empty-text");
        text.setWrapText(true);
        action = Controls.button("empty-action", Styles.QUIET_BUTTON, Messages.text(Keys.EMPTY_ADD), act);
        action.getStyleClass().add(Styles.LINK);
        getChildren().setAll(text, action);
        setPickOnBounds(false);
        visibleProperty().bind(Bindings.isEmpty(model.rows()).and(model.loadedProperty()));
    }

    /**
     * Shows the sentence and the button for a view. If filters are active, the button removes them. Otherwise, the
     * button adds an item, or shows all items if the view accepts no new ones.
     */
    void show(ItemSource view, ViewOptions arrangement) {
        text.setText(Messages.text(arrangement.filters() ? Keys.EMPTY_FILTERED : key(view)));
        String otherwise = view.acceptsNewItems() ? Keys.EMPTY_ADD : Keys.EMPTY_SHOW_ALL;
        action.setText(Messages.text(arrangement.filters() ? Keys.LIST_FILTER_CLEAR : otherwise));
        action.setAccessibleText(action.getText());
    }

    private static String key(ItemSource view) {
        return switch (view) {
            case ItemSource.Inbox it -> Keys.EMPTY_INBOX;
            case ItemSource.Today it -> Keys.EMPTY_TODAY;
            case ItemSource.Upcoming it -> Keys.EMPTY_UPCOMING;
            case ItemSource.Completed it -> Keys.EMPTY_COMPLETED;
            case ItemSource.OfTag it -> Keys.EMPTY_TAG;
            case ItemSource.SearchResults it -> Keys.EMPTY_FOUND;
            case ItemSource.All it -> Keys.EMPTY_ALL;
            case ItemSource.Notes it -> Keys.EMPTY_NOTES;
            case ItemSource.Trash it -> Keys.EMPTY_TRASH;
            case ItemSource.OfList it -> Keys.EMPTY_LIST;
            case ItemSource.Conflicts it -> Keys.EMPTY_CONFLICTS;
            case ItemSource.History it -> Keys.HISTORY_EMPTY;
            case ItemSource.Checkpoints it -> Keys.CHECKPOINTS_EMPTY;
            case ItemSource.Devices it -> Keys.DEVICES_OFF;
            case ItemSource.Activity it -> Keys.ACTIVITY_EMPTY;
        };
    }
}
