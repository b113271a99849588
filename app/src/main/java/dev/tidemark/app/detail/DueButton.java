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
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the due date of an item. Opens a popup with a text field and a calendar to change the date. */
final class DueButton extends PopupButton<@Nullable Due> {
    private static final double WIDTH = 256;

    private final DetailViewModel model;
    private @Nullable Due due;

    DueButton(DetailViewModel model) {
        super("detail-due", Icons.DUE, Keys.DETAIL_DUE, model::setDue);
        this.model = model;
    }

    void show(@Nullable Due value, boolean isOpen) {
        due = value;
        String text = value == null ? null : DueFormat.full(value, model.now().toLocalDate());
        showValue(text, Messages.text(Keys.DUE_ACCESSIBLE, text == null ? Messages.text(Keys.DUE_NONE) : text));
        Controls.toggleStyle(this, Styles.OVERDUE, value != null && isOpen && value.isBefore(model.now()));
    }

    @Override
    VBox createContent() {
        LocalDate today = model.now().toLocalDate();
        PhraseField<Due> typed = new PhraseField<>(
                "due-typed",
                new PhraseField.Labels(Keys.DUE_TYPED_PROMPT, Keys.DUE_TYPED_HINT, Keys.DUE_SET),
                text -> new QuickAddParser(Locale.getDefault()).parseDue(text, model.now(), due),
                value -> format(value, today),
                this::finish);
        FlowPane shortcuts = Controls.styled(
                new FlowPane(
                        button("due-today", Keys.DUE_TODAY, () -> choose(today)),
                        button("due-tomorrow", Keys.DUE_TOMORROW, () -> choose(today.plusDays(1))),
                        button(
                                "due-next-week",
                                Keys.DUE_NEXT_WEEK,
                                () -> choose(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))))),
                Styles.DUE_SHORTCUTS);
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

    /** Formats a due date and its repeat rule. */
    static String format(Due due, LocalDate today) {
        String date = DueFormat.full(due, today);
        return due.repeat() == null ? date : Messages.text(Keys.DUE_REPEATING, date, RepeatFormat.of(due.repeat()));
    }

    private static Button button(String id, String key, Runnable action) {
        return Controls.button(id, Styles.QUIET_BUTTON, Messages.text(key), action);
    }

    private HBox createClear(Due current) {
        HBox row = Controls.styled(new HBox(Controls.spacer()), Styles.DUE_TIME);
        if (current.time() != null) {
            row.getChildren().addFirst(button("due-untimed", Keys.DUE_UNTIMED, () -> finish(current.untimed())));
        }
        row.getChildren().add(button("due-clear", Keys.DUE_CLEAR, () -> finish(null)));
        return row;
    }

    private void choose(@Nullable LocalDate date) {
        if (date != null) {
            finish(due == null ? new Due(date) : new Due(date, due.time(), due.repeat()));
        }
    }
}
