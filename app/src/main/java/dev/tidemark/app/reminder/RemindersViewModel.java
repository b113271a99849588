package dev.tidemark.app.reminder;

import dev.tidemark.app.dates.WallTime;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the due reminders that no device has dismissed. Announces each reminder when it is due, and then about every
 * ten minutes until a device dismisses the reminder. Confined to the thread of its executor.
 */
public final class RemindersViewModel implements AutoCloseable {
    /**
     * The longest wait between two checks. A longer wait could miss a reminder, because the clock may be set or the
     * computer may sleep.
     */
    private static final Duration MAX_CHECK_INTERVAL = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Database database;
    private final Executor executor;
    private final SerialTaskRunner background;
    private final Scheduler delays;
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<Item> announce;
    private final Consumer<Throwable> failed;
    private final Items items;
    private final ObservableList<Item> due = FXCollections.observableArrayList();
    private final Map<UUID, ZonedDateTime> announced = new HashMap<>();
    private List<Item> waiting = List.of();
    private Scheduler.ScheduledTask next = () -> {};
    private @Nullable Subscription subscription;

    /**
     * @param clock returns the current time in the user's time zone
     * @param announce shows a notification about an item
     */
    public RemindersViewModel(
            Database database,
            Items items,
            Executor executor,
            SerialTaskRunner background,
            Scheduler delays,
            Supplier<ZonedDateTime> clock,
            Consumer<Item> announce,
            Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.background = background;
        this.delays = delays;
        this.clock = clock;
        this.announce = announce;
        this.failed = failed;
        this.items = items;
    }

    public void start() {
        subscription = database.subscribe(
                ItemQueries.reminders(),
                executor,
                result -> {
                    waiting = result.rows();
                    check();
                },
                failed);
    }

    /** The due reminders, earliest first. */
    public ObservableList<Item> due() {
        return due;
    }

    private void check() {
        ZonedDateTime now = clock.get();
        List<Item> current = waiting.stream().filter(item -> isDue(item, now)).toList();
        if (!due.equals(current)) {
            due.setAll(current);
        }
        announced
                .keySet()
                .removeIf(id -> current.stream().noneMatch(item -> item.id().equals(id)));
        for (Item item : current) {
            ZonedDateTime before = announced.get(item.id());
            if (before == null || !now.isBefore(before.plus(AGAIN)) || now.isBefore(before)) {
                announced.put(item.id(), now);
                announce.accept(item);
            }
        }
        next.cancel();
        next = delays.schedule(untilNext(now), this::check);
    }

    private static boolean isDue(Item item, ZonedDateTime now) {
        Reminder reminder = item.reminder();
        return reminder != null && reminder.isDue(now);
    }

    private Duration untilNext(ZonedDateTime now) {
        return waiting.stream()
                .map(Item::reminder)
                .filter(reminder -> reminder != null && !WallTime.isPast(reminder.triggerTime(), now))
                .map(reminder -> Duration.between(now, reminder.triggerTime().atZone(now.getZone())))
                .filter(delay -> delay.compareTo(MAX_CHECK_INTERVAL) < 0)
                .min(Duration::compareTo)
                .orElse(MAX_CHECK_INTERVAL);
    }

    /** Dismisses the reminder of an item on all devices. */
    void dismiss(Item item) {
        background.run(() -> items.dismiss(item.id()), changed -> {}, failed);
    }

    void snooze(Item item, LocalDateTime until) {
        background.run(() -> items.snooze(item.id(), until), changed -> {}, failed);
    }

    /** Completes the item, which ends its reminder. */
    void finish(Item item) {
        background.run(() -> items.setDone(item.id(), true), changed -> {}, failed);
    }

    ZonedDateTime now() {
        return clock.get();
    }

    @Override
    public void close() {
        next.cancel();
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }
}
