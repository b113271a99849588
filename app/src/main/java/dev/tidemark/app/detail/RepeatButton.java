package dev.tidemark.app.detail;

import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the repeat rule, and opens a popup with common rules and a form for others. */
final class RepeatButton extends PopupButton {
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<Due> chosen;
    private @Nullable Due due;

    /**
     * @param clock returns the current time in the user's zone
     * @param chosen receives the due date with its rule
     */
    RepeatButton(Supplier<ZonedDateTime> clock, Consumer<Due> chosen) {
        super("detail-repeat", Icons.REPEAT);
        this.clock = clock;
        this.chosen = chosen;
    }

    void show(@Nullable Due value) {
        due = value;
        Repeat repeat = repeat();
        String none = Messages.text(Keys.REPEAT_NONE);
        String text = repeat == null ? null : RepeatFormat.of(repeat);
        showValue(text, none, Messages.text(Keys.REPEAT_ACCESSIBLE, text == null ? none : text));
    }

    private @Nullable Repeat repeat() {
        return due == null ? null : due.repeat();
    }

    private LocalDate day() {
        return due == null ? clock.get().toLocalDate() : due.date();
    }

    @Override
    VBox createContent() {
        VBox presets = new VBox();
        presets.getStyleClass().add(Styles.CHOICES);
        Repeat present = repeat();
        List<Repeat> usual = RepeatDraft.presets(day());
        for (int index = 0; index < usual.size(); index++) {
            Repeat rule = usual.get(index);
            presets.getChildren()
                    .add(choice(
                            "repeat-preset-" + index, RepeatFormat.of(rule), rule.equals(present), () -> take(rule)));
        }
        if (present != null) {
            presets.getChildren().add(choice("repeat-clear", Messages.text(Keys.REPEAT_NONE), false, () -> take(null)));
        }
        RepeatForm form = new RepeatForm(new RepeatDraft(present, day()), this::take);
        return new VBox(presets, form);
    }

    /** A line of a choice, with a check mark on the current one. */
    static Button choice(String id, String text, boolean holds, Runnable action) {
        Button button = Controls.button(id, Styles.CHOICE, text, action);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setGraphic(Controls.icon(Icons.DONE));
        Controls.style(button, Styles.HOLDS, holds);
        button.setAccessibleText(holds ? Messages.text(Keys.CHOICE_HOLDS, text) : text);
        return button;
    }

    private void take(@Nullable Repeat rule) {
        close();
        if (due != null) {
            chosen.accept(due.repeating(rule));
        } else if (rule != null) {
            chosen.accept(new Due(rule.firstFrom(day()), null, rule));
        }
    }
}
