package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.IndexRange;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** The Markdown editor of an item's body: Enter continues a list, Tab indents it, shortcuts format the selection. */
final class BodyArea extends TextArea {
    /** Control characters, which JavaFX text fields reject. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final TextContext surroundings;

    /** Gives access to the whole text, of which the field shows one part. */
    interface TextContext {
        /** Opens the part {@code by} parts after the current one; {@code false} if there is none. */
        boolean openPart(int by);

        /** Replaces a range of the current part by a long text, and splits the whole text into parts again. */
        void replace(int from, int to, String text);
    }

    BodyArea(TextContext surroundings) {
        this.surroundings = surroundings;
        setId("detail-body");
        getStyleClass().add(Styles.DETAIL_BODY);
        textProperty().subscribe(this::fit);
        widthProperty().subscribe(this::fit);
        setPromptText(Messages.text(Keys.DETAIL_BODY_PROMPT));
        setAccessibleText(Messages.text(Keys.DETAIL_BODY));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void fit() {
        RtlWrapWorkaround.apply(this);
        WritingDirection.apply(this, getText());
    }

    private void onKey(KeyEvent event) {
        if (movesToOtherPart(event)) {
            event.consume();
            return;
        }
        MarkdownEdit edit = edit(event);
        if (edit != null && isEditable()) {
            make(edit);
            event.consume();
        }
    }

    /** At the ends of a part, navigation keys move to the next part; with Ctrl, the page keys do so anywhere. */
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

    /** Passes a very long pasted text to the {@link TextContext}, which splits the text into parts again. */
    @Override
    public void paste() {
        String copied = Clipboard.getSystemClipboard().getString();
        if (isEditable() && copied != null && copied.length() + getLength() > TextParts.MAX_LENGTH) {
            IndexRange range = getSelection();
            surroundings.replace(
                    range.getStart(), range.getEnd(), HARMFUL.matcher(copied).replaceAll(""));
        } else {
            super.paste();
        }
    }

    /** Inserts image links at the caret for the attachments that are images. */
    void showPictures(List<String> names) {
        String shown = names.stream()
                .filter(PreviewImages::isImage)
                .map(MarkdownEdit::image)
                .collect(Collectors.joining("\n"));
        if (isEditable() && !shown.isEmpty()) {
            insertText(getCaretPosition(), shown);
        }
    }

    /** Moves the caret to the drop position; {@code false} if the drop is outside of this field. */
    boolean placeCaret(Node target, DragEvent event) {
        if (!Controls.isWithin(this, target) || !(getSkin() instanceof TextAreaSkin skin)) {
            return false;
        }
        Point2D point = sceneToLocal(event.getSceneX(), event.getSceneY());
        requestFocus();
        positionCaret(skin.getIndex(point.getX(), point.getY()).getInsertionIndex());
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

    /** Selects the range before replacing it, so that the field's undo treats the replacement as one step. */
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
