package dev.tidemark.app.list;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Shows seven days from today on. The water level in a day shows how many open items are due. A click opens the day in
 * Upcoming; dropped rows become due on the day. Tab reaches the strip once, and the arrow keys move between its days.
 */
final class WeekStrip extends HBox {
    /** The number of items with which a day is full. */
    private static final double FULL = 8;

    /** The level of a day with one item, as a share of the height, so that it can be seen. */
    private static final double LOWEST = 0.2;

    private final ItemListViewModel model;
    private final DragGesture dragging;
    private final List<DayButton> buttons = new ArrayList<>();

    WeekStrip(ItemListViewModel model, DragGesture dragging) {
        this.model = model;
        this.dragging = dragging;
        setId("week");
        getStyleClass().add(Styles.WEEK);
        for (int index = 0; index < WeekViewModel.DAYS; index++) {
            DayButton button = new DayButton(index);
            button.setFocusTraversable(index == 0);
            buttons.add(button);
        }
        getChildren().setAll(buttons);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        model.week().daysProperty().subscribe(this::show);
    }

    private void show(List<WeekViewModel.Day> days) {
        for (int index = 0; index < days.size(); index++) {
            buttons.get(index).show(days.get(index));
        }
    }

    private void pressed(KeyEvent event) {
        int focused = buttons.indexOf(event.getTarget());
        boolean isMirrored = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
        int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
        if (focused < 0 || step == 0 || event.isAltDown() || event.isShortcutDown()) {
            return;
        }
        int next = Math.clamp((long) focused + (isMirrored ? -step : step), 0, buttons.size() - 1);
        buttons.forEach(button -> button.setFocusTraversable(buttons.indexOf(button) == next));
        buttons.get(next).requestFocus();
        event.consume();
    }

    /** Shows the weekday, the day of the month, the water level, and a mark if items are overdue. */
    private final class DayButton extends Button {
        private final Label weekday = Controls.styled(new Label(), Styles.WEEK_DAY_NAME);
        private final Label number = Controls.styled(new Label(), Styles.WEEK_DAY_NUMBER);
        private final Region water = Controls.styled(new Region(), Styles.WEEK_WATER);
        private final Region late = Controls.styled(new Region(), Styles.WEEK_LATE);
        private final VBox text = Controls.styled(new VBox(weekday, number), Styles.WEEK_DAY_TEXT);
        private final StackPane cell = new StackPane(water, text, late) {
            @Override
            protected void layoutChildren() {
                super.layoutChildren();
                double height = Math.rint(getHeight() * level);
                water.resizeRelocate(0, getHeight() - height, getWidth(), height);
            }
        };
        private LocalDate date = LocalDate.MIN;
        private double level;

        DayButton(int index) {
            setId("week-day-" + index);
            getStyleClass().add(Styles.WEEK_DAY);
            Controls.toggleStyle(this, Styles.CURRENT, index == 0);
            setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(this, Priority.ALWAYS);
            setPrefWidth(0);
            water.setManaged(false);
            StackPane.setAlignment(late, Pos.TOP_RIGHT);
            cell.setMouseTransparent(true);
            cell.prefWidthProperty().bind(widthProperty());
            setGraphic(cell);
            setOnAction(event -> model.showDay(date));
            acceptDrops();
        }

        private void acceptDrops() {
            addEventHandler(
                    MouseDragEvent.MOUSE_DRAG_ENTERED,
                    event -> Controls.toggleStyle(
                            this, Styles.DROP_INTO, !dragging.items().isEmpty()));
            addEventHandler(
                    MouseDragEvent.MOUSE_DRAG_EXITED, event -> Controls.toggleStyle(this, Styles.DROP_INTO, false));
            addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> {
                Controls.toggleStyle(this, Styles.DROP_INTO, false);
                if (!dragging.items().isEmpty()) {
                    model.commands().setDay(dragging.items(), date);
                }
            });
        }

        void show(WeekViewModel.Day day) {
            date = day.date();
            Locale locale = Locale.getDefault(Locale.Category.FORMAT);
            weekday.setText(date.getDayOfWeek().getDisplayName(TextStyle.SHORT_STANDALONE, locale));
            number.setText(Integer.toString(date.getDayOfMonth()));
            level = day.open() == 0 ? 0 : Math.min(1, LOWEST + (1 - LOWEST) * (day.open() - 1) / (FULL - 1));
            Controls.toggleStyle(water, Styles.FULL, level == 1);
            Controls.show(late, day.overdue() > 0);
            LocalDate today = model.now().toLocalDate();
            String count = Messages.text(
                    Keys.WEEK_DAY, DueFormat.dayName(date, today), DueFormat.date(date, today), day.open());
            String sentence = day.overdue() == 0 ? count : Messages.text(Keys.WEEK_LATE, count, day.overdue());
            setAccessibleText(sentence);
            setTooltip(Controls.tooltip(sentence));
            cell.requestLayout();
        }
    }
}
