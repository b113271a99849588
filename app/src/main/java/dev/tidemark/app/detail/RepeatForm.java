package dev.tidemark.app.detail;

import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Edits a repeat rule with fields for everything that the app supports. */
final class RepeatForm extends VBox {
    private static final double GAP = 8;

    private final RepeatDraft draft;
    private final Label summary = Controls.styled(new Label(), Styles.CAPTION);
    private final HBox days = new HBox(2);
    private final VBox months = new VBox();
    private final Button apply;
    private final TextField number = new TextField();

    RepeatForm(RepeatDraft draft, Consumer<Repeat> chosen) {
        super(GAP);
        this.draft = draft;
        getStyleClass().add(Styles.REPEAT_FORM);
        summary.setId("repeat-said");
        summary.setWrapText(true);
        days.setId("repeat-days");
        apply = Controls.button(
                "repeat-take", Styles.PRIMARY, Messages.text(Keys.REPEAT_TAKE), () -> chosen.accept(draft.repeat()));
        HBox foot = Controls.styled(new HBox(GAP, summary, Controls.spacer(), apply), Styles.FORM_FOOT);
        getChildren().setAll(createInterval(), days, months, createAfter(), foot);
        fill();
    }

    private HBox createInterval() {
        Label every = new Label(Messages.text(Keys.REPEAT_EVERY));
        number.setText(Integer.toString(draft.interval()));
        Controls.field(number, "repeat-interval", null, Styles.FIELD, Styles.OUTLINED, Styles.NUMBER);
        Controls.name(number, Messages.text(Keys.REPEAT_INTERVAL));
        number.setPrefColumnCount(3);
        number.textProperty().subscribe(text -> showRule());
        SegmentedControl<RepeatDraft.Unit> units =
                new SegmentedControl<>("repeat-unit", Messages.text(Keys.REPEAT_UNIT));
        for (RepeatDraft.Unit unit : RepeatDraft.Unit.values()) {
            units.with(unit, Messages.text(key(unit)), wanted -> {
                draft.setUnit(wanted);
                fill();
            });
        }
        units.select(draft.unit());
        return Controls.styled(new HBox(GAP, every, number, units), Styles.FORM_FOOT);
    }

    private static String key(RepeatDraft.Unit unit) {
        return switch (unit) {
            case DAYS -> Keys.REPEAT_UNIT_DAYS;
            case WEEKS -> Keys.REPEAT_UNIT_WEEKS;
            case MONTHS -> Keys.REPEAT_UNIT_MONTHS;
            case YEARS -> Keys.REPEAT_UNIT_YEARS;
        };
    }

    private CheckBox createAfter() {
        CheckBox after = new CheckBox(Messages.text(Keys.REPEAT_FROM_COMPLETION));
        after.setId("repeat-after");
        after.setSelected(draft.afterCompletion());
        after.setOnAction(event -> {
            draft.setAfterCompletion(after.isSelected());
            fill();
        });
        return after;
    }

    /**
     * Shows the days of the week for a weekly rule, and the choice between day and weekday for a monthly rule. A rule
     * that counts from the completion has neither.
     */
    private void fill() {
        boolean byDays = !draft.afterCompletion();
        days.getChildren().clear();
        months.getChildren().clear();
        if (byDays && draft.unit() == RepeatDraft.Unit.WEEKS) {
            Locale locale = Locale.getDefault(Locale.Category.FORMAT);
            DayOfWeek first = WeekFields.of(locale).getFirstDayOfWeek();
            for (int index = 0; index < 7; index++) {
                days.getChildren().add(day(first.plus(index), locale));
            }
        } else if (byDays && draft.unit() == RepeatDraft.Unit.MONTHS) {
            months.getChildren()
                    .setAll(
                            byWeekday("repeat-by-day", draft.onDay(), false),
                            byWeekday("repeat-by-weekday", draft.onWeekday(), true));
        }
        Controls.show(days, !days.getChildren().isEmpty());
        Controls.show(months, !months.getChildren().isEmpty());
        showRule();
    }

    private ToggleButton day(DayOfWeek day, Locale locale) {
        ToggleButton button = Controls.styled(
                new ToggleButton(day.getDisplayName(TextStyle.SHORT_STANDALONE, locale)), Styles.DAY_TOGGLE);
        button.setId("repeat-day-" + day.name().toLowerCase(Locale.ROOT));
        button.setAccessibleText(day.getDisplayName(TextStyle.FULL_STANDALONE, locale));
        button.setSelected(draft.days().contains(day));
        button.setOnAction(event -> {
            draft.setDay(day, button.isSelected());
            button.setSelected(draft.days().contains(day));
            showRule();
        });
        return button;
    }

    private Button byWeekday(String id, Repeat rule, boolean wanted) {
        return PopupButton.choice(id, RepeatFormat.of(rule), draft.byWeekday() == wanted, () -> {
            draft.setByWeekday(wanted);
            fill();
        });
    }

    private void showRule() {
        boolean isNumber = draft.setInterval(number.getText());
        String problem = isNumber ? null : Messages.text(Keys.REPEAT_INTERVAL_WRONG);
        summary.setText(problem == null ? RepeatFormat.of(draft.repeat()) : problem);
        Controls.toggleStyle(summary, Styles.PROBLEM, problem != null);
        Controls.toggleStyle(number, Styles.WRONG, problem != null);
        number.setAccessibleHelp(problem);
        apply.setDisable(problem != null);
    }
}
