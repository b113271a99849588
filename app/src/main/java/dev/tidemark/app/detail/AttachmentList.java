package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Shows the attachments of an item as rows, and adds attachments by file dialog, drop or paste. */
final class AttachmentList extends VBox {
    private final AttachmentsViewModel model;
    private final Thumbnails thumbnails;
    private final Map<Attachment, AttachmentRow> shown = new HashMap<>();
    private final VBox rows = new VBox();
    private final Label problem = new Label();

    AttachmentList(AttachmentsViewModel model) {
        this.model = model;
        thumbnails = new Thumbnails(model);
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
        // Existing rows are kept, so that the focus stays, also during a download.
        List<Attachment> attachments =
                model.lines().stream().map(Line::attachment).toList();
        shown.keySet().retainAll(attachments);
        for (Line line : model.lines()) {
            shown.computeIfAbsent(line.attachment(), one -> new AttachmentRow(one, model, thumbnails, this::askWhere))
                    .show(line);
        }
        List<AttachmentRow> now = attachments.stream().map(shown::get).toList();
        if (!rows.getChildren().equals(now)) {
            rows.getChildren().setAll(now);
        }
        String sentence = model.problemProperty().get();
        problem.setText(sentence == null ? "" : sentence);
        Controls.show(problem, sentence != null);
        Controls.show(this, sentence != null || !model.lines().isEmpty());
    }

    /** Asks for files to attach. */
    void askWhich() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.ATTACHMENTS_ADD));
        List<File> chosen = chooser.showOpenMultipleDialog(getScene().getWindow());
        if (chosen != null) {
            add(chosen, names -> {});
        }
    }

    private void askWhere(Attachment attachment) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.ATTACHMENTS_SAVE, attachment.name()));
        chooser.setInitialFileName(attachment.safeName());
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            model.save(attachment, chosen.toPath());
        }
    }

    /** Attaches files; skips folders. */
    private void add(List<File> chosen, Consumer<List<String>> done) {
        model.add(
                chosen.stream()
                        .filter(File::isFile)
                        .map(file -> NewAttachment.of(file.toPath()))
                        .toList(),
                done);
    }

    /** Accepts files dragged over the item. */
    void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    /**
     * Attaches files dropped on the item.
     *
     * @param done receives the names of the attached files
     */
    void dropped(DragEvent event, Consumer<List<String>> done) {
        if (event.getDragboard().hasFiles()) {
            add(event.getDragboard().getFiles(), done);
            event.setDropCompleted(true);
            event.consume();
        }
    }

    /**
     * Attaches files or a picture from the clipboard; returns false if the clipboard should be pasted as text.
     *
     * @param done receives the names of the attached files
     */
    boolean paste(Consumer<List<String>> done) {
        Clipboard clipboard = Clipboard.getSystemClipboard();
        List<File> files = clipboard.getFiles();
        if (files != null && !files.isEmpty()) {
            add(files, done);
            return true;
        }
        // Tables and formatted text put a picture of themselves on the clipboard, too.
        Image image = clipboard.hasString() ? null : clipboard.getImage();
        if (image == null || image.getPixelReader() == null) {
            return false;
        }
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        Set<String> taken =
                model.lines().stream().map(line -> line.attachment().name()).collect(Collectors.toSet());
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        model.add(List.of(NewAttachment.picture(pixels, width, height, now, taken)), done);
        return true;
    }
}
