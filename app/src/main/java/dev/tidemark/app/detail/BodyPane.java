package dev.tidemark.app.detail;

import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.TextInput;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The text of the open item: to be edited, or as it reads. */
final class BodyPane extends StackPane implements MarkdownPreview.Host {
    private final DetailViewModel model;
    private final AttachmentsViewModel files;
    private final Consumer<URI> opener;
    private final MarkdownPreview rendered = new MarkdownPreview(this);
    private final ScrollPane scroll = new ScrollPane(rendered);
    private BodyArea area = new BodyArea();
    private List<Attachment> attached = List.of();
    private boolean isPreview;

    /** @param opener has the system open an address */
    BodyPane(DetailViewModel model, AttachmentsViewModel files, Consumer<URI> opener) {
        this.model = model;
        this.files = files;
        this.opener = opener;
        scroll.setId("detail-preview-scroll");
        scroll.setAccessibleText(Texts.text(Keys.DETAIL_PREVIEW));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        files.lines().addListener((ListChangeListener<Line>) change -> attachmentsChanged());
    }

    /** The field of the item that is open. */
    BodyArea area() {
        return area;
    }

    /** A new field for each item: an undo must not bring the text of another back. */
    Subscription show(ItemForm form) {
        area = new BodyArea();
        scroll.setVvalue(0);
        Subscription shown = Subscription.combine(
                TextInput.tie(area, form.body().textProperty(), form.body()::type),
                area.focusedProperty().subscribe((before, now) -> {
                    if (!now) {
                        model.flush();
                    }
                }),
                form.body().textProperty().subscribe((before, now) -> render()));
        setPreview(isPreview);
        return shown;
    }

    /** Shows it as it reads, or to be edited. */
    void setPreview(boolean wanted) {
        isPreview = wanted;
        getChildren().setAll(wanted ? scroll : area);
        render();
    }

    private void render() {
        if (isPreview) {
            rendered.show(area.getText());
        }
    }

    /** How far a file is that is being fetched is no reason to show the text anew. */
    private void attachmentsChanged() {
        List<Attachment> now = files.lines().stream().map(Line::attachment).toList();
        if (!now.equals(attached)) {
            attached = now;
            render();
        }
    }

    @Override
    public void check(int at, boolean checked) {
        model.check(at, checked);
    }

    @Override
    public void follow(Node link, String target) {
        LinkMenu.show(link, target, opener);
    }

    @Override
    public @Nullable Attachment attachment(String name) {
        return attached.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void bring(Attachment attachment, Consumer<Path> here) {
        files.bring(attachment, here);
    }
}
