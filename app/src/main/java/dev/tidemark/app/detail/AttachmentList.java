package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** Shows the attachments of an item as rows, and adds attachments by file dialog, drop or paste. */
final class AttachmentList extends VBox {
    private static final double THUMBNAIL = 20;

    /** The width in pixels to which a thumbnail is decoded. A HiDPI screen has up to three pixels per JavaFX unit. */
    private static final double PIXELS = 3 * THUMBNAIL;

    private static final int MAX_THUMBNAILS = 100;

    private final AttachmentsViewModel model;
    private final Map<BlobId, ImageView> thumbnails = new LinkedHashMap<>();
    private final Map<Attachment, Row> shown = new HashMap<>();
    private final VBox rows = new VBox();
    private final Label problem = Controls.styled(new Label(), Styles.CAPTION, Styles.PROBLEM);

    AttachmentList(AttachmentsViewModel model) {
        this.model = model;
        setId("detail-attachments");
        getStyleClass().add(Styles.ATTACHMENTS);
        problem.setId("attachments-problem");
        Controls.wrapped(problem);
        getChildren().setAll(rows, problem);
        model.lines().addListener((ListChangeListener<Line>) change -> fill());
        model.problemProperty().subscribe(this::fill);
        fill();
    }

    private void fill() {
        // Reusing the existing rows keeps the focus, even during a download.
        List<Attachment> attachments =
                model.lines().stream().map(Line::attachment).toList();
        shown.keySet().retainAll(attachments);
        for (Line line : model.lines()) {
            shown.computeIfAbsent(line.attachment(), Row::new).show(line);
        }
        Controls.fill(rows.getChildren(), attachments.stream().map(shown::get).toList());
        String sentence = model.problemProperty().get();
        problem.setText(sentence == null ? "" : sentence);
        Controls.show(problem, sentence != null);
        Controls.show(this, sentence != null || !model.lines().isEmpty());
    }

    /** Lets the user choose files to attach. */
    void chooseFiles() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.ATTACHMENTS_ADD));
        List<File> chosen = chooser.showOpenMultipleDialog(getScene().getWindow());
        if (chosen != null) {
            add(chosen, names -> {});
        }
    }

    private void saveAs(Attachment attachment) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.ATTACHMENTS_SAVE, attachment.name()));
        chooser.setInitialFileName(attachment.safeName());
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            model.save(attachment, chosen.toPath());
        }
    }

    /**
     * Attaches the files among {@code chosen}. Skips folders.
     *
     * @param done receives the names of the attached files
     */
    private void add(List<File> chosen, Consumer<List<String>> done) {
        model.add(
                chosen.stream()
                        .filter(File::isFile)
                        .map(file -> NewAttachment.of(file.toPath()))
                        .toList(),
                done);
    }

    void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    /**
     * Attaches the files that the user drops on the item.
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
     * Attaches files or a picture from the clipboard. Returns {@code false} if the caller should paste the clipboard as
     * text.
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
        // Some programs put a copied table or formatted text on the clipboard as text and as a picture. The text wins.
        Image image = clipboard.hasString() ? null : clipboard.getImage();
        if (image == null || image.getPixelReader() == null) {
            return false;
        }
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        model.addPicture(pixels, width, height, done);
        return true;
    }

    /** Shows an attachment with its size or download progress, and buttons to open, save and remove it. */
    private final class Row extends HBox {
        private final Attachment attachment;
        private final Button open;
        private final Label size = Controls.untruncatedLabel("attachment-size", Styles.CAPTION);
        private @Nullable Line shown;

        Row(Attachment attachment) {
            this.attachment = attachment;
            String name = attachment.safeName();
            open = Controls.button("attachment-open", Styles.ATTACHMENT_NAME, name, () -> model.open(attachment));
            HBox.setHgrow(Controls.fillWidth(open), Priority.SOMETIMES);
            getStyleClass().add(Styles.ATTACHMENT);
            String save = Messages.text(Keys.ATTACHMENTS_SAVE, name);
            String remove = Messages.text(Keys.ATTACHMENTS_REMOVE, name);
            getChildren()
                    .setAll(
                            open,
                            size,
                            Controls.iconButton("attachment-save", Icons.SAVE, save, () -> saveAs(attachment)),
                            Controls.iconButton(
                                    "attachment-remove", Icons.CLOSE, remove, () -> model.remove(attachment)));
        }

        void show(Line line) {
            Line before = shown;
            if (line.equals(before)) {
                return;
            }
            shown = line;
            if (before == null || before.isHere() != line.isHere()) {
                open.setGraphic(thumbnail(line));
            }
            size.setText(size(line));
            open.setAccessibleText(Messages.text(Keys.ATTACHMENTS_OPEN, attachment.safeName(), size.getText()));
        }

        private static String size(Line line) {
            String whole = FileSizeFormat.of(line.size());
            if (line.downloaded() >= 0) {
                return Messages.text(Keys.ATTACHMENTS_ARRIVED, FileSizeFormat.of(line.downloaded()), whole);
            }
            return line.isHere() ? whole : Messages.text(Keys.ATTACHMENTS_AWAY, whole);
        }
    }

    /**
     * Returns an icon. For an image on this device, returns a thumbnail instead, which is empty until it is decoded.
     */
    private Node thumbnail(Line line) {
        if (!line.isHere()) {
            return Controls.icon(Icons.AWAY);
        } else if (!PreviewImages.isImage(line.attachment().name())) {
            return Controls.icon(Icons.ATTACHMENT);
        }
        ImageView known = thumbnails.get(line.attachment().content());
        ImageView view = new ImageView();
        view.setId("attachment-thumbnail");
        view.setPreserveRatio(true);
        view.setFitWidth(UiScale.scaled(THUMBNAIL));
        view.setFitHeight(UiScale.scaled(THUMBNAIL));
        if (known == null) {
            load(line.attachment(), view);
        } else {
            view.imageProperty().bind(known.imageProperty());
        }
        StackPane box = new StackPane(view);
        box.setMinSize(UiScale.scaled(THUMBNAIL), UiScale.scaled(THUMBNAIL));
        box.setMouseTransparent(true);
        return box;
    }

    private void load(Attachment attachment, ImageView view) {
        if (thumbnails.size() >= MAX_THUMBNAILS) {
            thumbnails.remove(thumbnails.keySet().iterator().next());
        }
        thumbnails.put(attachment.content(), view);
        model.loadImageIfLocal(
                attachment,
                picture -> new Image(picture.file().toUri().toString(), PIXELS, PIXELS, true, true),
                view::setImage);
    }
}
