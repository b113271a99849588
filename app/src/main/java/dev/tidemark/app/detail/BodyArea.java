package dev.tidemark.app.detail;

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

/** The text of an item in Markdown: Enter goes on with a list, Tab indents it, and some keys mark what is selected. */
final class BodyArea extends TextArea {
    /** What no field takes. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final TextContext surroundings;

    /** What lies around the part of a text that is in the field. */
    interface TextContext {
        /** Goes to the part so many further on; {@code false} if there is none. */
        boolean openPart(int by);

        /** Puts so long a text in the place of what stands there that the part has to be cut anew. */
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

    /** At its ends, the keys that go on in a text go on to the next part; with Ctrl, the pages do everywhere. */
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

    /** What is pasted may be a book. */
    @Override
    public void paste() {
        String copied = Clipboard.getSystemClipboard().getString();
        if (isEditable() && copied != null && copied.length() + getLength() > TextParts.LONGEST) {
            IndexRange range = getSelection();
            surroundings.replace(
                    range.getStart(), range.getEnd(), HARMFUL.matcher(copied).replaceAll(""));
        } else {
            super.paste();
        }
    }

    /** Has those of these attached files that are pictures shown where the caret stands. */
    void showPictures(List<String> names) {
        String shown = names.stream()
                .filter(PreviewImages::isImage)
                .map(MarkdownEdit::image)
                .collect(Collectors.joining("\n"));
        if (isEditable() && !shown.isEmpty()) {
            insertText(getCaretPosition(), shown);
        }
    }

    /** Puts the caret where something is dropped; {@code false} if that is not here. */
    boolean placeCaret(Node target, DragEvent event) {
        Node at = target;
        while (at != null && !at.equals(this)) {
            at = at.getParent();
        }
        if (at == null || !(getSkin() instanceof TextAreaSkin skin)) {
            return false;
        }
        Point2D place = sceneToLocal(event.getSceneX(), event.getSceneY());
        requestFocus();
        positionCaret(skin.getIndex(place.getX(), place.getY()).getInsertionIndex());
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

    /** What is replaced is selected first: the field then takes it back as a step of its own. */
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
