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
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the reminder, and opens a popup with a text field and suggestions. */
final class ReminderButton extends PopupButton {
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<@Nullable LocalDateTime> chosen;
    private @Nullable Due due;
    private @Nullable Reminder reminder;

    /**
     * @param clock returns the current time in the user's zone
     * @param chosen receives the time, {@code null} for none
     */
    ReminderButton(Supplier<ZonedDateTime> clock, Consumer<@Nullable LocalDateTime> chosen) {
        super("detail-reminder", Icons.REMINDER);
        this.clock = clock;
        this.chosen = chosen;
    }

    void show(Item item) {
        due = item.due();
        Reminder present = item.reminder();
        reminder = present;
        String none = Messages.text(Keys.REMINDER_NONE);
        String text = present == null ? null : words(present.ringsAt());
        boolean isOver = present != null && present.dismissed();
        Controls.style(this, Styles.DONE, isOver);
        String said = text == null ? none : isOver ? Messages.text(Keys.REMINDER_DISMISSED, text) : text;
        showValue(text, none, Messages.text(Keys.REMINDER_ACCESSIBLE, said));
    }

    /** The time as text. */
    private String words(LocalDateTime at) {
        return DueFormat.full(new Due(at.toLocalDate(), at.toLocalTime()), clock.get().toLocalDate());
    }

    @Override
    VBox createContent() {
        ReminderDraft draft = new ReminderDraft(due, clock.get());
        PhraseField<LocalDateTime> typed = new PhraseField<>(
                "reminder-typed",
                new PhraseField.Wording(
                        Messages.text(Keys.REMINDER_PROMPT),
                        Messages.text(Keys.REMINDER_HINT),
                        Messages.text(Keys.REMINDER_SET)),
                draft::typed,
                this::words,
                this::finish);
        VBox offers = new VBox();
        offers.getStyleClass().add(Styles.CHOICES);
        draft.suggestions().forEach((offer, at) -> offers.getChildren().add(choice(offer, at)));
        if (reminder != null) {
            offers.getChildren()
                    .add(RepeatButton.choice(
                            "reminder-clear", Messages.text(Keys.REMINDER_CLEAR), false, () -> finish(null)));
        }
        return new VBox(typed, offers);
    }

    private Button choice(ReminderDraft.Suggestion offer, LocalDateTime at) {
        String id = "reminder-" + offer.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String text = Messages.text(key(offer));
        boolean holds = reminder != null && reminder.at().equals(at);
        Button button = RepeatButton.choice(id, text, holds, () -> finish(at));
        Label time =
                new Label(offer == ReminderDraft.Suggestion.TOMORROW ? DueFormat.time(at.toLocalTime()) : words(at));
        time.getStyleClass().add(Styles.CAPTION);
        HBox row = new HBox(button.getGraphic(), new Label(text), Controls.spacer(), time);
        row.getStyleClass().add(Styles.CHOICE_ROW);
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

    private void finish(@Nullable LocalDateTime at) {
        close();
        chosen.accept(at);
    }
}
