package dev.tidemark.app.fx;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.control.TextInputControl;
import javafx.util.Subscription;

/** Ties a field to a text that other hands may change, too, without moving the caret from where the person is. */
public final class TextInput {
    private TextInput() {}

    /**
     * Shows the text in the field from now on, and hands on what is typed.
     *
     * @return ends it
     */
    public static Subscription tie(TextInputControl field, ReadOnlyStringProperty text, Consumer<String> typed) {
        field.setText(text.get());
        return Subscription.combine(
                field.textProperty().subscribe((before, now) -> typed.accept(now)),
                text.subscribe((before, now) -> replace(field, now)));
    }

    /** Exchanges only the part that differs, so that the caret keeps its place in what stays. */
    private static void replace(TextInputControl field, String wanted) {
        String present = field.getText();
        if (present.equals(wanted)) {
            return;
        }
        int shorter = Math.min(present.length(), wanted.length());
        int start = 0;
        while (start < shorter && present.charAt(start) == wanted.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && present.charAt(present.length() - 1 - end) == wanted.charAt(wanted.length() - 1 - end)) {
            end++;
        }
        int caret = field.getCaretPosition();
        int tail = present.length() - end;
        field.replaceText(start, tail, wanted.substring(start, wanted.length() - end));
        field.positionCaret(
                caret <= start
                        ? caret
                        : Math.max(start, Math.min(wanted.length(), caret + wanted.length() - present.length())));
    }
}
