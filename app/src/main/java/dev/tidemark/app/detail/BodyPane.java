package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.Controls;
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

/**
 * Shows the body of the open item in an editor or as a preview. Splits a very long body into parts and shows one part
 * at a time.
 */
final class BodyPane extends BorderPane implements MarkdownPreview.Host, BodyArea.TextContext {
    private final DetailViewModel model;
    private final AttachmentsViewModel files;
    private final Consumer<URI> opener;
    private final MarkdownPreview rendered = new MarkdownPreview(this);
    private final ScrollPane scroll =
            Controls.scrolling("detail-preview-scroll", Messages.text(Keys.DETAIL_PREVIEW), rendered);
    private final PartsBar bar = new PartsBar(this::openPart);
    private BodyArea area = new BodyArea(this);
    private TextParts parts = new TextParts("", text -> {});
    private Subscription binding = Subscription.EMPTY;
    private List<Attachment> attached = List.of();
    private boolean isPreview;

    /** @param opener opens an address with the system's default program */
    BodyPane(DetailViewModel model, AttachmentsViewModel files, Consumer<URI> opener) {
        this.model = model;
        this.files = files;
        this.opener = opener;
        setTop(bar);
        files.lines().addListener((ListChangeListener<Line>) change -> attachmentsChanged());
    }

    BodyArea area() {
        return area;
    }

    /** Shows the body of an item from its beginning. */
    Subscription show(ItemForm form) {
        TextParts shown = new TextParts(form.body().textProperty().get(), form.body()::type);
        parts = shown;
        open(0);
        return Subscription.combine(
                form.body().textProperty().subscribe((before, now) -> shown.show(now)),
                shown.partProperty().subscribe((before, now) -> render()),
                shown.countProperty().subscribe((before, now) -> bar.show(shown)),
                () -> binding.unsubscribe());
    }

    /**
     * Shows the current part in a new field, so that the field's undo cannot restore the text of another item or part.
     */
    private void open(int caret) {
        boolean hadFocus = area.isFocused();
        binding.unsubscribe();
        area = new BodyArea(this);
        TextParts shown = parts;
        binding = Subscription.combine(
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
        binding.unsubscribe();
        parts.type(part.substring(0, from) + text + part.substring(to));
        parts.open(caret);
        open(caret - parts.start());
    }

    /** Returns an action that inserts pasted pictures at the caret, if the editor still has the focus. */
    Consumer<List<String>> placing() {
        BodyArea target = area;
        return names -> {
            if (target.isFocused() && target.equals(area)) {
                target.showPictures(names);
            }
        };
    }

    /**
     * Returns an action that inserts dropped pictures at the drop position. If the user drops outside of the editor,
     * the action does nothing.
     */
    Consumer<List<String>> placing(DragEvent event) {
        if (isPreview || !(event.getTarget() instanceof Node node) || !area.placeCaret(node, event)) {
            return names -> {};
        }
        return placing();
    }

    /** Switches between preview and editor. */
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

    /** Renders the text again if the list of attachments changed. A mere progress of a download does not count. */
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
    public List<Attachment> attachments() {
        return attached;
    }

    @Override
    public void loadImage(Attachment attachment, Function<DecodableImage, Image> decode, Consumer<Image> here) {
        files.fetchImage(attachment, decode, here);
    }
}
