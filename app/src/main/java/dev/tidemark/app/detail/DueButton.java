package dev.tidemark.app.detail;

import atlantafx.base.controls.Calendar;
import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.parser.QuickAddParser;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the due date, and opens a popup with a text field and a calendar to change it. */
final class DueButton extends PopupButton {
    private static final double WIDTH = 256;

    private final Supplier<ZonedDateTime> clock;
    private final Consumer<@Nullable Due> chosen;
    private @Nullable Due due;

    /**
     * @param clock returns the current time in the user's zone
     * @param chosen receives the new due date, {@code null} for none
     */
    DueButton(Supplier<ZonedDateTime> clock, Consumer<@Nullable Due> chosen) {
        super("detail-due", Icons.DUE);
        this.clock = clock;
        this.chosen = chosen;
    }

    void show(@Nullable Due value, boolean done) {
        due = value;
        String text = value == null ? Messages.text(Keys.DUE_NONE) : DueFormat.full(value, clock.get().toLocalDate());
        showValue(text, text, Messages.text(Keys.DUE_ACCESSIBLE, text));
        Controls.style(this, Styles.OVERDUE, value != null && !done && value.isBefore(clock.get()));
    }

    @Override
    VBox createContent() {
        LocalDate today = clock.get().toLocalDate();
        PhraseField<Due> typed = new PhraseField<>(
                "due-typed",
                new PhraseField.Wording(
                        Messages.text(Keys.DUE_TYPED_PROMPT),
                        Messages.text(Keys.DUE_TYPED_HINT),
                        Messages.text(Keys.DUE_SET)),
                text -> new QuickAddParser(Locale.getDefault()).parseDue(text, clock.get(), due),
                value -> words(value, today),
                this::finish);
        FlowPane shortcuts = new FlowPane(
                shortcut("due-today", Keys.DUE_TODAY, today),
                shortcut("due-tomorrow", Keys.DUE_TOMORROW, today.plusDays(1)),
                shortcut("due-next-week", Keys.DUE_NEXT_WEEK, today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
        shortcuts.getStyleClass().add(Styles.DUE_SHORTCUTS);
        shortcuts.setPrefWrapLength(UiScale.scaled(WIDTH));
        Calendar calendar = new Calendar(due == null ? null : due.date());
        calendar.setId("due-calendar");
        calendar.setAccessibleText(Messages.text(Keys.DUE_CALENDAR));
        calendar.valueProperty().subscribe((before, date) -> choose(date));
        calendar.skinProperty().subscribe(skin -> {
            name(calendar, ".back-button", Keys.DUE_PREVIOUS_MONTH);
            name(calendar, ".forward-button", Keys.DUE_NEXT_MONTH);
        });
        VBox content = new VBox(typed, shortcuts, calendar);
        if (due != null) {
            content.getChildren().add(createClear(due));
        }
        return content;
    }

    private static void name(Calendar calendar, String buttons, String key) {
        calendar.lookupAll(buttons).forEach(button -> button.setAccessibleText(Messages.text(key)));
    }

    /** The due date and its repeat rule as text. */
    static String words(Due due, LocalDate today) {
        String date = DueFormat.full(due, today);
        return due.repeat() == null ? date : Messages.text(Keys.DUE_REPEATING, date, RepeatFormat.of(due.repeat()));
    }

    private Button shortcut(String id, String key, LocalDate date) {
        return Controls.button(id, Styles.QUIET_BUTTON, Messages.text(key), () -> choose(date));
    }

    private HBox createClear(Due present) {
        HBox row = new HBox();
        row.getStyleClass().add(Styles.DUE_TIME);
        if (present.time() != null) {
            row.getChildren()
                    .add(Controls.button(
                            "due-untimed",
                            Styles.QUIET_BUTTON,
                            Messages.text(Keys.DUE_UNTIMED),
                            () -> finish(present.untimed())));
        }
        row.getChildren()
                .addAll(
                        Controls.spacer(),
                        Controls.button(
                                "due-clear", Styles.QUIET_BUTTON, Messages.text(Keys.DUE_CLEAR), () -> finish(null)));
        return row;
    }

    private void choose(@Nullable LocalDate date) {
        if (date != null) {
            finish(due == null ? new Due(date) : new Due(date, due.time(), due.repeat()));
        }
    }

    private void finish(@Nullable Due value) {
        close();
        chosen.accept(value);
    }
}
