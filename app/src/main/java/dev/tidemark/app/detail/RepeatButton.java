package dev.tidemark.app.detail;

import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.List;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the repeat rule of an item, and opens a popup with common rules and a form for others. */
final class RepeatButton extends PopupButton<Due> {
    private final DetailViewModel model;
    private @Nullable Due due;

    RepeatButton(DetailViewModel model) {
        super("detail-repeat", Icons.REPEAT, Keys.DETAIL_REPEAT, model::setDue);
        this.model = model;
    }

    void show(@Nullable Due value) {
        due = value;
        Repeat repeat = repeat();
        String none = Messages.text(Keys.REPEAT_NONE);
        String text = repeat == null ? null : RepeatFormat.of(repeat);
        showValue(text, Messages.text(Keys.REPEAT_ACCESSIBLE, text == null ? none : text));
    }

    private @Nullable Repeat repeat() {
        return due == null ? null : due.repeat();
    }

    private LocalDate day() {
        return due == null ? model.now().toLocalDate() : due.date();
    }

    @Override
    VBox createContent() {
        VBox choices = new VBox();
        Repeat current = repeat();
        List<Repeat> presets = RepeatDraft.presets(day());
        for (int index = 0; index < presets.size(); index++) {
            Repeat rule = presets.get(index);
            choices.getChildren()
                    .add(choice(
                            "repeat-preset-" + index, RepeatFormat.of(rule), rule.equals(current), () -> take(rule)));
        }
        if (current != null) {
            choices.getChildren().add(choice("repeat-clear", Messages.text(Keys.REPEAT_NONE), false, () -> take(null)));
        }
        RepeatForm form = new RepeatForm(new RepeatDraft(current, day()), this::take);
        return new VBox(choices, form);
    }

    private void take(@Nullable Repeat rule) {
        if (due != null) {
            finish(due.repeating(rule));
        } else if (rule != null) {
            finish(new Due(rule.firstOnOrAfter(day()), null, rule));
        }
    }
}
