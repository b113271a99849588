package dev.tidemark.app.activity;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Draws a column for the changes of each day, with a part for each device. */
final class DayChart extends VBox {
    DayChart(DailyChanges changes) {
        super(6);
        setId("activity-chart");
        getStyleClass().add(Styles.CHECKPOINT_CARD);
        getChildren().add(caption(Messages.text(Keys.ACTIVITY_CHART)));
        if (changes.maxPerDay() == 0) {
            getChildren().add(new Label(Messages.text(Keys.ACTIVITY_CHART_NONE)));
            return;
        }
        List<String> devices = changes.devices();
        LocalDate today = changes.days().getLast().date();
        HBox dates = new HBox(
                caption(DueFormat.day(changes.days().getFirst().date(), today)),
                Controls.spacer(),
                caption(Messages.text(Keys.ACTIVITY_CHART_MOST, changes.maxPerDay())),
                Controls.spacer(),
                caption(DueFormat.day(today, today)));
        FlowPane legend = new FlowPane(16, 2);
        for (String device : devices) {
            HBox entry =
                    new HBox(6, new ColorDot(colorOf(device, devices)), caption(SingleLineText.abbreviate(device)));
            entry.setAlignment(Pos.CENTER_LEFT);
            legend.getChildren().add(entry);
        }
        getChildren().addAll(new Columns(changes, devices, today), dates, legend);
    }

    private static Label caption(String text) {
        return Controls.styled(new Label(text), Styles.CAPTION);
    }

    private static String colorOf(String device, List<String> devices) {
        return ColorDot.PALETTE.get(devices.indexOf(device) % ColorDot.PALETTE.size());
    }

    private static final class Columns extends Pane {
        private static final double HEIGHT = 72;
        private static final double GAP = 4;

        private final DailyChanges changes;

        Columns(DailyChanges changes, List<String> devices, LocalDate today) {
            this.changes = changes;
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            List<String> texts = new ArrayList<>();
            for (DailyChanges.Day day : changes.days()) {
                day.devices()
                        .forEach((device, number) -> getChildren()
                                .add(Controls.styled(
                                        new Region(), Styles.SHARE, Styles.COLORED, colorOf(device, devices))));
                if (day.changes() > 0) {
                    texts.add(Messages.text(
                            Keys.ACTIVITY_CHART_DAY,
                            DueFormat.day(day.date(), today),
                            day.devices().entrySet().stream()
                                    .map(each -> each.getKey() + " " + each.getValue())
                                    .collect(Collectors.joining(", "))));
                }
            }
            setAccessibleText(String.join("; ", texts));
        }

        @Override
        protected void layoutChildren() {
            int days = changes.days().size();
            double width = (getWidth() - GAP * (days - 1)) / days;
            int part = 0;
            for (int index = 0; index < days; index++) {
                double bottom = HEIGHT;
                for (Map.Entry<String, Long> each :
                        changes.days().get(index).devices().entrySet()) {
                    double height = Math.max(2, Math.rint((HEIGHT - 8) * each.getValue() / changes.maxPerDay()));
                    bottom -= height;
                    getChildren()
                            .get(part++)
                            .resizeRelocate(Math.rint(index * (width + GAP)), bottom, Math.rint(width), height);
                }
            }
        }
    }
}
