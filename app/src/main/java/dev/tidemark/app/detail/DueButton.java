package dev.tidemark.app.detail;

import atlantafx.base.controls.Calendar;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Due;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/** Shows the due date, and opens a calendar to choose another. */
final class DueButton extends Button {
    private static final double GAP = 4;

    private final Consumer<@Nullable Due> chosen;
    private @Nullable Due due;
    private @Nullable Popup popup;

    /** @param chosen takes what was chosen, {@code null} for no date */
    DueButton(Consumer<@Nullable Due> chosen) {
        this.chosen = chosen;
        setId("detail-due");
        getStyleClass().add(Styles.QUIET_BUTTON);
        setGraphic(Controls.icon(Icons.DUE));
        setMinWidth(USE_PREF_SIZE);
        setOnAction(event -> open());
    }

    void show(@Nullable Due value, boolean done) {
        due = value;
        setText(value == null ? Texts.text(Keys.DUE_NONE) : DueText.full(value, today()));
        setAccessibleText(Texts.text(Keys.DUE_ACCESSIBLE, getText()));
        boolean overdue = value != null && !done && value.isBefore(LocalDateTime.now(ZoneId.systemDefault()));
        Controls.style(this, Styles.OVERDUE, overdue);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.systemDefault());
    }

    /** Opens the calendar below the button. */
    void open() {
        Popup opening = new Popup();
        opening.setAutoHide(true);
        opening.setHideOnEscape(true);
        opening.getContent().add(createContent());
        Bounds bounds = localToScreen(getBoundsInLocal());
        opening.show(this, bounds.getMinX(), bounds.getMaxY() + GAP);
        popup = opening;
    }

    private VBox createContent() {
        LocalDate today = today();
        FlowPane shortcuts = new FlowPane(
                shortcut("due-today", Keys.DUE_TODAY, today),
                shortcut("due-tomorrow", Keys.DUE_TOMORROW, today.plusDays(1)),
                shortcut("due-next-week", Keys.DUE_NEXT_WEEK, today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
        shortcuts.getStyleClass().add(Styles.DUE_SHORTCUTS);
        shortcuts.setPrefWrapLength(256);
        Calendar calendar = new Calendar(due == null ? null : due.date());
        calendar.setId("due-calendar");
        calendar.setAccessibleText(Texts.text(Keys.DUE_SET));
        calendar.valueProperty().subscribe((before, date) -> choose(date));
        VBox content = new VBox(shortcuts, calendar);
        if (due != null) {
            content.getChildren().add(createTime(due));
        }
        content.getStyleClass().add(Styles.DUE_POPUP);
        Controls.dressPopup(content.getStyleClass());
        return content;
    }

    private Button shortcut(String id, String key, LocalDate date) {
        Button button = Controls.button(id, Styles.QUIET_BUTTON, Texts.text(key), () -> choose(date));
        return button;
    }

    private HBox createTime(Due present) {
        Label label = new Label(Texts.text(Keys.DUE_TIME));
        label.getStyleClass().add(Styles.MUTED);
        TextField time =
                new TextField(present.time() == null ? "" : present.time().toString());
        time.setId("due-time");
        time.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED);
        time.setPromptText(Texts.text(Keys.DUE_TIME_PROMPT));
        time.setAccessibleText(Texts.text(Keys.DUE_TIME));
        time.setPrefColumnCount(5);
        time.setOnAction(event -> chooseTime(present.date(), time));
        Button clear =
                Controls.button("due-clear", Styles.QUIET_BUTTON, Texts.text(Keys.DUE_CLEAR), () -> finish(null));
        HBox row = new HBox(label, time, Controls.spacer(), clear);
        row.getStyleClass().add(Styles.DUE_TIME);
        return row;
    }

    private void chooseTime(LocalDate date, TextField field) {
        String text = field.getText().strip();
        try {
            finish(at(date, text.isEmpty() ? null : LocalTime.parse(text.length() == 4 ? "0" + text : text)));
        } catch (DateTimeParseException e) {
            // No time of day: the field says so by keeping the focus and selecting what was typed.
            field.selectAll();
        }
    }

    private void choose(@Nullable LocalDate date) {
        if (date != null) {
            finish(at(date, due == null ? null : due.time()));
        }
    }

    private Due at(LocalDate date, @Nullable LocalTime time) {
        return new Due(date, time, due == null ? null : due.repeat());
    }

    private void finish(@Nullable Due value) {
        if (popup != null) {
            popup.hide();
            popup = null;
        }
        chosen.accept(value);
    }
}
