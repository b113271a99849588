package dev.tidemark.app.main;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** What stands in the place of the rows while there are none: one line, and one thing to do. */
final class EmptyState extends VBox {
    private final Label text = new Label();
    private final Button action;

    /** @param act does what the button says */
    EmptyState(ItemListViewModel model, Runnable act) {
        getStyleClass().add(Styles.EMPTY_STATE);
        text.setId("empty-text");
        text.setWrapText(true);
        action = Controls.button("empty-action", Styles.QUIET_BUTTON, Texts.text(Keys.EMPTY_ADD), act);
        action.getStyleClass().add(Styles.LINK);
        getChildren().setAll(text, action);
        setPickOnBounds(false);
        visibleProperty().bind(Bindings.isEmpty(model.rows()).and(model.loadedProperty()));
    }

    /**
     * Speaks about this view. Where something is filtered out, the button shows it; where nothing can be added, all that there is.
     *
     * @param arrangement what of the view is shown
     */
    void show(ItemView view, Arrangement arrangement) {
        text.setText(Texts.text(arrangement.filters() ? Keys.EMPTY_FILTERED : key(view)));
        String otherwise = view.takesNewItems() ? Keys.EMPTY_ADD : Keys.EMPTY_SHOW_ALL;
        action.setText(Texts.text(arrangement.filters() ? Keys.LIST_FILTER_CLEAR : otherwise));
        action.setAccessibleText(action.getText());
    }

    private static String key(ItemView view) {
        return switch (view) {
            case ItemView.Inbox it -> Keys.EMPTY_INBOX;
            case ItemView.Today it -> Keys.EMPTY_TODAY;
            case ItemView.Upcoming it -> Keys.EMPTY_UPCOMING;
            case ItemView.Completed it -> Keys.EMPTY_COMPLETED;
            case ItemView.OfTag it -> Keys.EMPTY_TAG;
            case ItemView.Found it -> Keys.EMPTY_FOUND;
            case ItemView.All it -> Keys.EMPTY_ALL;
            case ItemView.Notes it -> Keys.EMPTY_NOTES;
            case ItemView.Trash it -> Keys.EMPTY_TRASH;
            case ItemView.OfList it -> Keys.EMPTY_LIST;
            case ItemView.Conflicts it -> Keys.EMPTY_CONFLICTS;
        };
    }
}
