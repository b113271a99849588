package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.io.File;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The files of an item, a row each; asks for more. */
final class AttachmentList extends VBox {
    private final AttachmentsViewModel model;
    private final VBox rows = new VBox();
    private final Label problem = new Label();

    AttachmentList(AttachmentsViewModel model) {
        this.model = model;
        setId("detail-attachments");
        getStyleClass().add(Styles.ATTACHMENTS);
        problem.setId("attachments-problem");
        problem.getStyleClass().addAll(Styles.CAPTION, Styles.PROBLEM);
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        getChildren().setAll(rows, problem);
        model.lines().addListener((ListChangeListener<Line>) change -> fill());
        model.problemProperty().subscribe(this::fill);
        fill();
    }

    private void fill() {
        rows.getChildren().setAll(model.lines().stream().map(this::row).toList());
        String sentence = model.problemProperty().get();
        problem.setText(sentence == null ? "" : sentence);
        Controls.show(problem, sentence != null);
        Controls.show(this, sentence != null || !model.lines().isEmpty());
    }

    private HBox row(Line line) {
        Attachment attachment = line.attachment();
        Button open = Controls.button(
                "attachment-open", Styles.ATTACHMENT_NAME, attachment.name(), () -> model.open(attachment));
        open.setGraphic(Controls.icon(line.isHere() ? Icons.ATTACHMENT : Icons.AWAY));
        open.setAccessibleText(Texts.text(Keys.ATTACHMENTS_OPEN, attachment.name(), size(line)));
        open.setMinWidth(0);
        open.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(open, Priority.SOMETIMES);
        Label size = new Label(size(line));
        size.setId("attachment-size");
        size.getStyleClass().add(Styles.CAPTION);
        size.setMinWidth(USE_PREF_SIZE);
        HBox row = new HBox(
                open,
                size,
                Controls.iconButton(
                        "attachment-save",
                        Icons.SAVE,
                        Texts.text(Keys.ATTACHMENTS_SAVE, attachment.name()),
                        () -> askWhere(attachment)),
                Controls.iconButton(
                        "attachment-remove",
                        Icons.CLOSE,
                        Texts.text(Keys.ATTACHMENTS_REMOVE, attachment.name()),
                        () -> model.remove(attachment)));
        row.getStyleClass().add(Styles.ATTACHMENT);
        return row;
    }

    private static String size(Line line) {
        String whole = SizeText.of(line.attachment().size());
        if (line.arrived() >= 0) {
            return Texts.text(Keys.ATTACHMENTS_ARRIVED, SizeText.of(line.arrived()), whole);
        }
        return line.isHere() ? whole : Texts.text(Keys.ATTACHMENTS_AWAY, whole);
    }

    /** Asks which files to attach. */
    void askWhich() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.text(Keys.ATTACHMENTS_ADD));
        List<File> chosen = chooser.showOpenMultipleDialog(getScene().getWindow());
        if (chosen != null) {
            add(chosen);
        }
    }

    private void askWhere(Attachment attachment) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.text(Keys.ATTACHMENTS_SAVE, attachment.name()));
        chooser.setInitialFileName(attachment.safeName());
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            model.save(attachment, chosen.toPath());
        }
    }

    /** Attaches files that were dropped or pasted; folders are no files. */
    private void add(List<File> chosen) {
        model.add(chosen.stream().filter(File::isFile).map(File::toPath).toList());
    }

    /** A drag over the item. */
    void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    /** A drop on the item. */
    void dropped(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            add(event.getDragboard().getFiles());
            event.setDropCompleted(true);
            event.consume();
        }
    }

    /** Attaches the files in the clipboard; returns whether there are any. */
    boolean paste() {
        List<File> pasted = Clipboard.getSystemClipboard().getFiles();
        if (pasted == null || pasted.isEmpty()) {
            return false;
        }
        add(pasted);
        return true;
    }
}
