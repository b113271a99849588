package dev.tidemark.app.detail;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.ZonedDateTime;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Shows the devices that last changed and created an item, or a save error. A click shows the history of the item. */
final class DetailFooter extends HBox {
    private final DetailViewModel model;
    private final Button past;
    private final Label changed = Controls.truncatingLabel("detail-changed", Styles.CAPTION);
    private final Label created = Controls.truncatingLabel("detail-created", Styles.CAPTION);

    /**
     * @param history shows the history of the item
     */
    DetailFooter(DetailViewModel model, Runnable history) {
        this.model = model;
        getStyleClass().add(Styles.DETAIL_FOOT);
        VBox both = new VBox(changed, created);
        both.setAlignment(Pos.CENTER_LEFT);
        both.setMinWidth(0);
        past = Controls.button("detail-history", Styles.QUIET_BUTTON, Messages.text(Keys.DETAIL_HISTORY), history);
        past.setGraphic(both);
        past.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        past.setTooltip(Controls.tooltip(past.getText()));
        past.setMinWidth(0);
        getChildren().setAll(past);
    }

    /** The button that shows the history. The command palette offers it as a command. */
    Button history() {
        return past;
    }

    void show(ItemForm form) {
        String problem = form.problemProperty().get();
        RowHistory.Origin origin = form.originProperty().get();
        Controls.toggleStyle(changed, Styles.PROBLEM, problem != null);
        boolean isChanged = origin != null && origin.changedMillis() != origin.createdMillis();
        Controls.show(created, isChanged && problem == null);
        if (problem != null) {
            changed.setText(Messages.text(Keys.DETAIL_UNSAVED, problem));
        } else if (origin == null) {
            changed.setText("");
        } else {
            String creation =
                    text(origin.createdBy(), origin.createdMillis(), Keys.DETAIL_CREATED_HERE, Keys.DETAIL_CREATED);
            String last =
                    text(origin.changedBy(), origin.changedMillis(), Keys.DETAIL_CHANGED_HERE, Keys.DETAIL_CHANGED);
            changed.setText(isChanged ? last : creation);
            created.setText(creation);
        }
    }

    private String text(ReplicaId replica, long millis, String thisDevice, String elsewhere) {
        ZonedDateTime now = model.now();
        String ago = RelativeTimeFormat.of(Instant.ofEpochMilli(millis), now.toInstant(), now.getZone());
        return model.isThisDevice(replica)
                ? Messages.text(thisDevice, ago)
                : Messages.text(elsewhere, model.deviceName(replica), ago);
    }
}
