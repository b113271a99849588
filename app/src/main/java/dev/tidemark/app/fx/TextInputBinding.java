package dev.tidemark.app.fx;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.util.Subscription;

/** Binds a text field to a text that can also change elsewhere. Such a change does not move the caret. */
public final class TextInputBinding {
    private TextInputBinding() {}

    /** Shows the text in the field and passes user input to {@code typed}, until the subscription is closed. */
    public static Subscription bind(TextInputControl field, ReadOnlyStringProperty text, Consumer<String> typed) {
        field.setText(text.get());
        return Subscription.combine(
                field.textProperty().subscribe((before, now) -> typed.accept(now)),
                text.subscribe((before, now) -> replace(field, now)));
    }

    /**
     * Shows a text that changed elsewhere. The caret keeps its position in the unchanged part. Uses {@code setText},
     * because it clears the field's undo. After {@code replaceText}, Ctrl+Z would undo the change of another device.
     */
    private static void replace(TextInputControl field, String wanted) {
        String current = field.getText();
        if (current.equals(wanted)) {
            return;
        }
        int shorter = Math.min(current.length(), wanted.length());
        int start = 0;
        while (start < shorter && current.charAt(start) == wanted.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && current.charAt(current.length() - 1 - end) == wanted.charAt(wanted.length() - 1 - end)) {
            end++;
        }
        int caret = field.getCaretPosition();
        double scrolled = field instanceof TextArea area ? area.getScrollTop() : 0;
        field.setText(wanted);
        field.positionCaret(
                caret <= start
                        ? caret
                        : Math.max(start, Math.min(wanted.length(), caret + wanted.length() - current.length())));
        if (field instanceof TextArea area) {
            area.setScrollTop(scrolled);
        }
    }
}
