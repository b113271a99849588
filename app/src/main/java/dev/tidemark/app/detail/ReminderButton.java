package dev.tidemark.app.detail;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDateTime;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the reminder of an item. Opens a popup with a text field and suggestions to change the reminder. */
final class ReminderButton extends PopupButton<@Nullable LocalDateTime> {
    private final DetailViewModel model;
    private @Nullable Due due;
    private @Nullable Reminder reminder;

    ReminderButton(DetailViewModel model) {
        super("detail-reminder", Icons.REMINDER, Keys.DETAIL_REMINDER, model::setReminder);
        this.model = model;
    }

    void show(Item item) {
        due = item.due();
        Reminder current = item.reminder();
        reminder = current;
        String none = Messages.text(Keys.REMINDER_NONE);
        String text = current == null ? null : format(current.triggerTime());
        boolean isOver = current != null && current.dismissed();
        Controls.toggleStyle(this, Styles.DONE, isOver);
        String description = text == null ? none : isOver ? Messages.text(Keys.REMINDER_DISMISSED, text) : text;
        showValue(text, Messages.text(Keys.REMINDER_ACCESSIBLE, description));
    }

    private String format(LocalDateTime at) {
        return DueFormat.full(
                new Due(at.toLocalDate(), at.toLocalTime()), model.now().toLocalDate());
    }

    @Override
    VBox createContent() {
        ReminderDraft draft = new ReminderDraft(due, model.now());
        PhraseField<LocalDateTime> typed = new PhraseField<>(
                "reminder-typed",
                new PhraseField.Labels(Keys.REMINDER_PROMPT, Keys.REMINDER_HINT, Keys.REMINDER_SET),
                draft::typed,
                this::format,
                this::finish);
        VBox offers = new VBox();
        draft.suggestions().forEach((offer, at) -> offers.getChildren().add(choice(offer, at)));
        if (reminder != null) {
            offers.getChildren()
                    .add(choice("reminder-clear", Messages.text(Keys.REMINDER_CLEAR), false, () -> finish(null)));
        }
        return new VBox(typed, offers);
    }

    private Button choice(ReminderDraft.Suggestion offer, LocalDateTime at) {
        String id = "reminder-" + offer.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String text = Messages.text(key(offer));
        boolean isCurrent = reminder != null && reminder.at().equals(at);
        Button button = choice(id, text, isCurrent, () -> finish(at));
        Label time =
                new Label(offer == ReminderDraft.Suggestion.TOMORROW ? DueFormat.time(at.toLocalTime()) : format(at));
        time.getStyleClass().add(Styles.CAPTION);
        HBox row = Controls.styled(
                new HBox(button.getGraphic(), new Label(text), Controls.spacer(), time), Styles.CHOICE_ROW);
        button.setGraphic(row);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setAccessibleText(Messages.text(Keys.DUE_WITH_TIME, button.getAccessibleText(), time.getText()));
        return button;
    }

    private static String key(ReminderDraft.Suggestion offer) {
        return switch (offer) {
            case WHEN_DUE -> Keys.REMINDER_WHEN_DUE;
            case HOUR_BEFORE -> Keys.REMINDER_HOUR_BEFORE;
            case DUE_DAY -> Keys.REMINDER_DUE_DAY;
            case DAY_BEFORE -> Keys.REMINDER_DAY_BEFORE;
            case LATER -> Keys.REMINDER_IN_THREE_HOURS;
            case TOMORROW -> Keys.REMINDER_TOMORROW;
            case NEXT_WEEK -> Keys.REMINDER_NEXT_WEEK;
        };
    }
}
