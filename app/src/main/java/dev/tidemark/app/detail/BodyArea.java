package dev.tidemark.app.detail;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.scene.control.IndexRange;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** The text of an item in Markdown: Enter goes on with a list, Tab indents it, and some keys mark what is selected. */
final class BodyArea extends TextArea {
    BodyArea() {
        setId("detail-body");
        getStyleClass().add(Styles.DETAIL_BODY);
        setWrapText(true);
        setPromptText(Texts.text(Keys.DETAIL_BODY_PROMPT));
        setAccessibleText(Texts.text(Keys.DETAIL_BODY));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void onKey(KeyEvent event) {
        MarkdownEdit edit = edit(event);
        if (edit != null && isEditable()) {
            make(edit);
            event.consume();
        }
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
        } else if (TextKeys.STRONG.match(event)) {
            return MarkdownEdit.wrap(getText(), from, to, "**");
        } else if (TextKeys.EMPHASIS.match(event)) {
            return MarkdownEdit.wrap(getText(), from, to, "*");
        } else if (TextKeys.LINK.match(event)) {
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
