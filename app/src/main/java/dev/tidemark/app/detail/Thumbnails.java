package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.resources.Icons;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;

/** Creates the graphic before an attachment's name: a thumbnail for images on this device, otherwise an icon. */
final class Thumbnails {
    private static final double SIZE = 20;

    /** HiDPI screens have up to three pixels per unit. */
    private static final double PIXELS = 3 * SIZE;

    private static final int MOST = 100;

    private final AttachmentsViewModel model;
    private final Map<BlobId, ImageView> asked = new LinkedHashMap<>();

    Thumbnails(AttachmentsViewModel model) {
        this.model = model;
    }

    /** Returns at once; the image appears when it is decoded. */
    Node of(Line line) {
        if (!line.isHere()) {
            return Controls.icon(Icons.AWAY);
        } else if (!PreviewImages.isImage(line.attachment().name())) {
            return Controls.icon(Icons.ATTACHMENT);
        }
        ImageView known = asked.get(line.attachment().content());
        ImageView view = new ImageView();
        view.setId("attachment-thumbnail");
        view.setPreserveRatio(true);
        view.setFitWidth(UiScale.scaled(SIZE));
        view.setFitHeight(UiScale.scaled(SIZE));
        if (known == null) {
            ask(line, view);
        } else {
            view.imageProperty().bind(known.imageProperty());
        }
        StackPane place = new StackPane(view);
        place.setMinSize(UiScale.scaled(SIZE), UiScale.scaled(SIZE));
        place.setMouseTransparent(true);
        return place;
    }

    private void ask(Line line, ImageView view) {
        if (asked.size() >= MOST) {
            asked.remove(asked.keySet().iterator().next());
        }
        asked.put(line.attachment().content(), view);
        model.loadImageIfHere(
                line.attachment(),
                picture -> new Image(picture.file().toUri().toString(), PIXELS, PIXELS, true, true),
                view::setImage);
    }
}
