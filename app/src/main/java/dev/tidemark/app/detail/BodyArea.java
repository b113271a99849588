package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.IndexRange;
import javafx.scene.control.Skin;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * The Markdown editor of an item's body. {@link MarkdownSkin} draws headings, lists and emphasis as they will be. Enter
 * continues a list, Tab indents a list item, and shortcuts format the selection.
 */
final class BodyArea extends TextArea {
    /** Matches the control characters that JavaFX text fields remove from pasted text. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final TextContext surroundings;

    /** Gives access to the whole text. The field shows one part of that text. */
    interface TextContext {
        /**
         * Opens the part that is {@code by} parts after the current part. Returns {@code false} if there is no such
         * part.
         */
        boolean openPart(int by);

        /** Replaces a range of the current part by a long text, and splits the whole text into parts again. */
        void replace(int from, int to, String text);

        /** Sets or clears the checkbox at a position of the current part. */
        void check(int at, boolean checked);

        /** Shows the menu of a link. */
        void follow(Node link, String target);
    }

    BodyArea(TextContext surroundings) {
        this.surroundings = surroundings;
        setId("detail-body");
        getStyleClass().add(Styles.DETAIL_BODY);
        setWrapText(true);
        setPromptText(Messages.text(Keys.DETAIL_BODY_PROMPT));
        Controls.name(this, Messages.text(Keys.DETAIL_BODY));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        addEventFilter(KeyEvent.KEY_TYPED, this::onTyped);
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new MarkdownSkin(this);
    }

    void check(int at, boolean checked) {
        if (isEditable()) {
            surroundings.check(at, checked);
        }
    }

    void follow(Node link, String target) {
        surroundings.follow(link, target);
    }

    private void onKey(KeyEvent event) {
        if (movesToOtherPart(event) || (FormattingKeys.FOLLOW.match(event) && follows())) {
            event.consume();
            return;
        }
        MarkdownEdit edit = edit(event);
        if (edit != null && isEditable()) {
            make(edit);
            event.consume();
        }
    }

    private void onTyped(KeyEvent event) {
        MarkdownEdit edit = event.getCharacter().equals(" ")
                ? MarkdownEdit.space(
                        getText(), getSelection().getStart(), getSelection().getEnd())
                : null;
        if (edit != null && isEditable() && !(getSkin() instanceof MarkdownSkin skin && skin.isCode(edit.from()))) {
            make(edit);
            event.consume();
        }
    }

    /** Opens the link at the caret, or else changes the checkbox of its line. */
    private boolean follows() {
        return getSkin() instanceof MarkdownSkin skin
                && (skin.follow(getCaretPosition()) || skin.toggle(getCaretPosition()));
    }

    /**
     * Opens the next or previous part if the key leaves the current one, and returns {@code true} then. Arrow and page
     * keys leave a part at its ends. With Ctrl, the page keys leave it from any position.
     */
    private boolean movesToOtherPart(KeyEvent event) {
        boolean isPage = event.isShortcutDown();
        if (event.isAltDown()
                || event.isShiftDown()
                || (!isPage && getSelection().getLength() > 0)) {
            return false;
        }
        return switch (event.getCode()) {
            case PAGE_DOWN -> (isPage || getCaretPosition() == getLength()) && surroundings.openPart(1);
            case PAGE_UP -> (isPage || getCaretPosition() == 0) && surroundings.openPart(-1);
            case DOWN, RIGHT -> !isPage && getCaretPosition() == getLength() && surroundings.openPart(1);
            case UP, LEFT, BACK_SPACE -> !isPage && getCaretPosition() == 0 && surroundings.openPart(-1);
            default -> false;
        };
    }

    /**
     * Pastes the clipboard. If the field would be too long, the {@link TextContext} splits the text into parts again.
     */
    @Override
    public void paste() {
        String copied = Clipboard.getSystemClipboard().getString();
        if (isEditable() && copied != null && !TextParts.fits(getText() + copied)) {
            IndexRange range = getSelection();
            surroundings.replace(
                    range.getStart(), range.getEnd(), HARMFUL.matcher(copied).replaceAll(""));
        } else {
            super.paste();
        }
    }

    /** Inserts Markdown at the caret that shows the attachments with these names. Skips names without an image type. */
    void showPictures(List<String> names) {
        String shown = names.stream()
                .filter(PreviewImages::isImage)
                .map(MarkdownEdit::image)
                .collect(Collectors.joining("\n"));
        if (isEditable() && !shown.isEmpty()) {
            insertText(getCaretPosition(), shown);
        }
    }

    /** Moves the caret to the drop position. Returns {@code false} if the user drops outside of this field. */
    boolean placeCaret(Node target, DragEvent event) {
        if (!Controls.isWithin(this, target) || !(getSkin() instanceof MarkdownSkin skin)) {
            return false;
        }
        Point2D point = sceneToLocal(event.getSceneX(), event.getSceneY());
        requestFocus();
        positionCaret(skin.indexAt(point.getX(), point.getY()));
        return true;
    }

    private @Nullable MarkdownEdit edit(KeyEvent event) {
        boolean isPlain = !event.isShortcutDown() && !event.isAltDown() && !event.isControlDown();
        IndexRange range = getSelection();
        int from = range.getStart();
        int to = range.getEnd();
        if (event.getCode() == KeyCode.ENTER && isPlain && !event.isShiftDown()) {
            return MarkdownEdit.enter(getText(), from, to);
        } else if (event.getCode() == KeyCode.TAB && isPlain) {
            return MarkdownEdit.indent(getText(), from, to, event.isShiftDown());
        } else if (FormattingKeys.STRONG.match(event)) {
            return MarkdownEdit.wrap(getText(), from, to, "**");
        } else if (FormattingKeys.EMPHASIS.match(event)) {
            return MarkdownEdit.wrap(getText(), from, to, "*");
        } else if (FormattingKeys.LINK.match(event)) {
            return MarkdownEdit.link(getText(), from, to, copiedAddress());
        }
        return null;
    }

    private static @Nullable String copiedAddress() {
        String copied = Clipboard.getSystemClipboard().getString();
        return copied != null && LinkTarget.isAddress(copied.strip()) ? copied.strip() : null;
    }

    /**
     * Applies an edit. Selects the replaced range first, so that the field's undo treats the replacement as one step.
     */
    private void make(MarkdownEdit edit) {
        if (edit.from() < edit.to()) {
            selectRange(edit.from(), edit.to());
            replaceSelection(edit.text());
        } else {
            insertText(edit.from(), edit.text());
        }
        selectRange(edit.anchor(), edit.caret());
    }
}
