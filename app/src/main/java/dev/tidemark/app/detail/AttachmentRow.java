package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** Shows an attachment with its size or download progress, and buttons to open, save and remove it. */
final class AttachmentRow extends HBox {
    private final Attachment attachment;
    private final Thumbnails thumbnails;
    private final Button open;
    private final Label size = new Label();
    private @Nullable Line shown;

    /** @param save asks for a target file */
    AttachmentRow(Attachment attachment, AttachmentsViewModel model, Thumbnails thumbnails, Consumer<Attachment> save) {
        this.attachment = attachment;
        this.thumbnails = thumbnails;
        String name = attachment.safeName();
        open = Controls.button("attachment-open", Styles.ATTACHMENT_NAME, name, () -> model.open(attachment));
        open.setMinWidth(0);
        open.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(open, Priority.SOMETIMES);
        size.setId("attachment-size");
        size.getStyleClass().add(Styles.CAPTION);
        size.setMinWidth(USE_PREF_SIZE);
        getStyleClass().add(Styles.ATTACHMENT);
        getChildren()
                .setAll(
                        open,
                        size,
                        Controls.iconButton(
                                "attachment-save",
                                Icons.SAVE,
                                Messages.text(Keys.ATTACHMENTS_SAVE, name),
                                () -> save.accept(attachment)),
                        Controls.iconButton(
                                "attachment-remove",
                                Icons.CLOSE,
                                Messages.text(Keys.ATTACHMENTS_REMOVE, name),
                                () -> model.remove(attachment)));
    }

    void show(Line line) {
        Line before = shown;
        if (line.equals(before)) {
            return;
        }
        shown = line;
        if (before == null || before.isHere() != line.isHere()) {
            open.setGraphic(thumbnails.of(line));
        }
        size.setText(size(line));
        open.setAccessibleText(Messages.text(Keys.ATTACHMENTS_OPEN, attachment.safeName(), size.getText()));
    }

    private static String size(Line line) {
        String whole = FileSizeFormat.of(line.size());
        if (line.arrived() >= 0) {
            return Messages.text(Keys.ATTACHMENTS_ARRIVED, FileSizeFormat.of(line.arrived()), whole);
        }
        return line.isHere() ? whole : Messages.text(Keys.ATTACHMENTS_AWAY, whole);
    }
}
