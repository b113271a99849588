package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lets the user type a date in words, and shows the parsed value below the field. */
final class PhraseField<T> extends VBox {
    private static final double GAP = 4;

    private final TextField field = new TextField();
    private final Label parsed = Controls.styled(new Label(), Styles.CAPTION);
    private final Function<String, @Nullable T> understand;
    private final Function<T, String> format;
    private final String hint;

    /**
     * The message keys of the field's texts.
     *
     * @param prompt the text in the empty field
     * @param hint explains the accepted input
     * @param name the name for screen readers
     */
    record Labels(String prompt, String hint, String name) {}

    /**
     * @param id the id of the field. The id of the label with the parsed value is this id followed by {@code
     *     -understood}
     * @param understand parses the input. Returns {@code null} if the input is not valid
     * @param chosen receives the value when the user presses Enter
     */
    PhraseField(
            String id,
            Labels wording,
            Function<String, @Nullable T> understand,
            Function<T, String> format,
            Consumer<T> chosen) {
        super(GAP);
        this.understand = understand;
        this.format = format;
        hint = Messages.text(wording.hint());
        getStyleClass().add(Styles.PHRASE);
        Controls.field(field, id, Messages.text(wording.prompt()), Styles.FIELD, Styles.OUTLINED);
        Controls.name(field, Messages.text(wording.name()));
        field.textProperty().subscribe(this::show);
        field.setOnAction(event -> {
            T value = understand.apply(field.getText());
            if (value == null) {
                field.selectAll();
            } else {
                chosen.accept(value);
            }
        });
        parsed.setId(id + "-understood");
        parsed.setWrapText(true);
        getChildren().setAll(field, parsed);
    }

    private void show(String typed) {
        if (typed.isBlank()) {
            parsed.setText(hint);
            return;
        }
        T value = understand.apply(typed);
        parsed.setText(value == null ? Messages.text(Keys.DUE_TYPED_UNKNOWN) : format.apply(value));
    }
}
