package dev.tidemark.app.detail;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A text field for dates in words, with the parsed value below it.
 *
 * @param <T> the parsed value
 */
final class PhraseField<T> extends VBox {
    private static final double GAP = 4;

    private final TextField field = new TextField();
    private final Label understood = new Label();
    private final Function<String, @Nullable T> understand;
    private final Function<T, String> words;
    private final String hint;

    /**
     * The texts around the field.
     *
     * @param prompt examples, shown while the field is empty
     * @param hint the accepted input
     * @param name for screen readers
     */
    record Wording(String prompt, String hint, String name) {}

    /**
     * @param id the field's id; the label of the parsed value has the same with {@code -understood}
     * @param understand parses the input; returns {@code null} if it cannot
     * @param words formats the parsed value
     * @param chosen receives the value on Enter
     */
    PhraseField(
            String id,
            Wording wording,
            Function<String, @Nullable T> understand,
            Function<T, String> words,
            Consumer<T> chosen) {
        super(GAP);
        this.understand = understand;
        this.words = words;
        hint = wording.hint();
        getStyleClass().add(Styles.PHRASE);
        field.setId(id);
        field.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED);
        field.setPromptText(wording.prompt());
        field.setAccessibleText(wording.name());
        field.textProperty().subscribe(this::show);
        field.setOnAction(event -> {
            T value = understand.apply(field.getText());
            if (value == null) {
                field.selectAll();
            } else {
                chosen.accept(value);
            }
        });
        understood.setId(id + "-understood");
        understood.getStyleClass().add(Styles.CAPTION);
        understood.setWrapText(true);
        getChildren().setAll(field, understood);
    }

    private void show(String typed) {
        if (typed.isBlank()) {
            understood.setText(hint);
            return;
        }
        T value = understand.apply(typed);
        understood.setText(value == null ? Messages.text(Keys.DUE_TYPED_UNKNOWN) : words.apply(value));
    }
}
