package dev.tidemark.app.updates;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;

/** A line in the sidebar, visible while a newer version is known. Confined to the JavaFX thread. */
public final class UpdateLine extends Button {
    public UpdateLine(UpdatesViewModel model, Runnable open) {
        setId("update-line");
        getStyleClass().addAll(Styles.SYNC_STATE, Styles.UPDATE_LINE);
        setGraphic(Controls.icon(Icons.SAVE));
        Controls.fillWidth(this);
        setOnAction(event -> open.run());
        model.statusProperty().subscribe(status -> {
            ReleaseInfo newer = status.newer();
            if (newer != null) {
                setText(Messages.text(Keys.UPDATES_LINE, newer.version()));
                setAccessibleText(getText());
            }
            Controls.show(this, newer != null);
        });
    }

    /** Shows only the icon while the sidebar is narrow. */
    public void fold(boolean folded) {
        setContentDisplay(folded ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    }
}
