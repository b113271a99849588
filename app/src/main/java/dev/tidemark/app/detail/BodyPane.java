package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.TextInputBinding;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.input.DragEvent;
import javafx.scene.layout.BorderPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The text of the open item, of a very long one a part: to be edited, or as it reads. */
final class BodyPane extends BorderPane implements MarkdownPreview.Host, BodyArea.TextContext {
    private final DetailViewModel model;
    private final AttachmentsViewModel files;
    private final Consumer<URI> opener;
    private final MarkdownPreview rendered = new MarkdownPreview(this);
    private final ScrollPane scroll = new ScrollPane(rendered);
    private final PartsBar bar = new PartsBar(this::openPart);
    private BodyArea area = new BodyArea(this);
    private TextParts parts = new TextParts("", text -> {});
    private Subscription tied = Subscription.EMPTY;
    private List<Attachment> attached = List.of();
    private boolean isPreview;

    /** @param opener has the system open an address */
    BodyPane(DetailViewModel model, AttachmentsViewModel files, Consumer<URI> opener) {
        this.model = model;
        this.files = files;
        this.opener = opener;
        scroll.setId("detail-preview-scroll");
        scroll.setAccessibleText(Messages.text(Keys.DETAIL_PREVIEW));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setTop(bar);
        files.lines().addListener((ListChangeListener<Line>) change -> attachmentsChanged());
    }

    /** The field of the item that is open. */
    BodyArea area() {
        return area;
    }

    /** Shows the text of this item from its beginning. */
    Subscription show(ItemForm form) {
        TextParts shown = new TextParts(form.body().textProperty().get(), form.body()::type);
        parts = shown;
        open(0);
        return Subscription.combine(
                form.body().textProperty().subscribe((before, now) -> shown.show(now)),
                shown.partProperty().subscribe((before, now) -> render()),
                shown.countProperty().subscribe((before, now) -> bar.show(shown)),
                () -> tied.unsubscribe());
    }

    /**
     * A new field for each item and each part: an undo must not bring the text of another back.
     *
     * @param caret where it is to stand in the part
     */
    private void open(int caret) {
        boolean hadFocus = area.isFocused();
        tied.unsubscribe();
        area = new BodyArea(this);
        TextParts shown = parts;
        tied = Subscription.combine(
                TextInputBinding.bind(area, shown.partProperty(), shown::type),
                area.focusedProperty().subscribe((before, now) -> {
                    if (!now) {
                        model.flush();
                    }
                }));
        bar.show(shown);
        scroll.setVvalue(0);
        setPreview(isPreview);
        area.positionCaret(caret);
        if (hadFocus) {
            area.requestFocus();
        }
    }

    @Override
    public boolean openPart(int by) {
        boolean moved = parts.move(by);
        if (moved) {
            open(by < 0 ? parts.partProperty().get().length() : 0);
        }
        return moved;
    }

    @Override
    public void replace(int from, int to, String text) {
        String part = parts.partProperty().get();
        int caret = parts.start() + from + text.length();
        tied.unsubscribe();
        parts.type(part.substring(0, from) + text + part.substring(to));
        parts.open(caret);
        open(caret - parts.start());
    }

    /** Where pictures go that are pasted now: to the caret, if it stands in the text. */
    Consumer<List<String>> placing() {
        BodyArea target = area;
        return names -> {
            if (target.isFocused() && target.equals(area)) {
                target.showPictures(names);
            }
        };
    }

    /** Where pictures go that are dropped now: into the text, if they are dropped on it. */
    Consumer<List<String>> placing(DragEvent event) {
        if (isPreview || !(event.getTarget() instanceof Node node) || !area.placeCaret(node, event)) {
            return names -> {};
        }
        return placing();
    }

    /** Shows it as it reads, or to be edited. */
    void setPreview(boolean wanted) {
        isPreview = wanted;
        setCenter(wanted ? scroll : area);
        render();
    }

    private void render() {
        if (isPreview) {
            rendered.show(parts.partProperty().get());
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
        model.check(parts.start() + at, checked);
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
    public void loadImage(Attachment attachment, Function<DecodableImage, Image> decode, Consumer<Image> here) {
        files.fetchImage(attachment, decode, here);
    }
}
