package dev.tidemark.app.reminder;

import dev.tidemark.app.dates.WallTime;
import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the due reminders in the corner of the window until the user dismisses them. */
public final class RemindersView extends VBox {
    /** The maximum number of reminders in the window. More reminders would cover the user's work. */
    private static final int MAX_SHOWN = 3;

    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final double GAP = 4;

    private final RemindersViewModel model;
    private final Consumer<UUID> open;

    public RemindersView(RemindersViewModel model, Consumer<UUID> open) {
        this.model = model;
        this.open = open;
        setId("reminders");
        getStyleClass().add(Styles.REMINDERS);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleText(Messages.text(Keys.REMINDERS_TITLE));
        model.due().addListener((ListChangeListener<Item>) change -> fill());
        fill();
    }

    private void fill() {
        getChildren()
                .setAll(model.due().stream().limit(MAX_SHOWN).map(this::card).toList());
        int more = model.due().size() - MAX_SHOWN;
        if (more > 0) {
            Label label = new Label(Messages.text(Keys.REMINDERS_MORE, more));
            label.setId("reminders-more");
            label.getStyleClass().add(Styles.CAPTION);
            getChildren().add(label);
        }
        Controls.show(this, !model.due().isEmpty());
    }

    /** Focuses this view instead of a button, so that no key press triggers a button. Tab moves to the buttons. */
    public void takeFocus() {
        requestFocus();
    }

    private VBox card(Item item) {
        Button title = Controls.button(
                "reminder-open",
                Styles.REMINDER_TITLE,
                item.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(item.title()),
                () -> open.accept(item.id()));
        title.setGraphic(Controls.icon(Icons.REMINDER));
        title.setMinWidth(0);
        Label when = new Label(when(item.reminder()));
        when.getStyleClass().add(Styles.CAPTION);
        HBox buttons = new HBox(
                GAP,
                Controls.button(
                        "reminder-dismiss",
                        Styles.QUIET_BUTTON,
                        Messages.text(Keys.REMINDERS_DISMISS),
                        () -> model.dismiss(item)),
                snooze(item));
        if (item.kind() == Kind.TODO) {
            buttons.getChildren()
                    .add(Controls.button(
                            "reminder-done",
                            Styles.QUIET_BUTTON,
                            Messages.text(Keys.REMINDERS_DONE),
                            () -> model.finish(item)));
        }
        return new VBox(title, when, buttons);
    }

    private String when(@Nullable Reminder reminder) {
        LocalDateTime at = reminder == null ? model.now().toLocalDateTime() : reminder.at();
        return DueFormat.full(
                new Due(at.toLocalDate(), at.toLocalTime()), model.now().toLocalDate());
    }

    private Button snooze(Item item) {
        Button button =
                Controls.button("reminder-snooze", Styles.QUIET_BUTTON, Messages.text(Keys.REMINDERS_SNOOZE), () -> {});
        ContextMenu times = new ContextMenu();
        Controls.stylePopup(times.getStyleClass());
        times.getItems()
                .setAll(
                        later(item, Keys.REMINDERS_TEN_MINUTES, now -> WallTime.after(now, Duration.ofMinutes(10))),
                        later(item, Keys.REMINDERS_HOUR, now -> WallTime.after(now, Duration.ofHours(1))),
                        later(
                                item,
                                Keys.REMINDERS_MORNING,
                                now -> now.toLocalDate().plusDays(1).atTime(MORNING)));
        button.setOnAction(event -> times.show(button, Side.TOP, 0, -GAP));
        return button;
    }

    private MenuItem later(Item item, String key, Function<ZonedDateTime, LocalDateTime> until) {
        MenuItem choice = new MenuItem(Messages.text(key));
        choice.setId("snooze-" + key.substring(key.lastIndexOf('.') + 1));
        choice.setOnAction(event ->
                model.snooze(item, until.apply(model.now().withSecond(0).withNano(0))));
        return choice;
    }
}
