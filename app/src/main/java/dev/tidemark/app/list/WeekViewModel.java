package dev.tidemark.app.list;

import dev.tidemark.app.model.DayLoad;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Counts the open items of today and the six days after it while {@link WeekStrip} is shown. Belongs to the thread of
 * its executor.
 */
final class WeekViewModel implements AutoCloseable {
    static final int DAYS = 7;

    private final Database database;
    private final Executor executor;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<List<Day>> days = new ReadOnlyObjectWrapper<>(List.of());
    private Subscription subscription = () -> {};

    /**
     * A day of the strip.
     *
     * @param open the number of open items that are due on the day
     * @param overdue the number of open items that were due before; 0 for days after today
     */
    record Day(LocalDate date, int open, int overdue) {}

    WeekViewModel(Database database, Executor executor, Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.failed = failed;
    }

    /** The seven days, the first of which is today; empty before the first result. */
    ReadOnlyObjectProperty<List<Day>> daysProperty() {
        return days.getReadOnlyProperty();
    }

    /** Counts from now on, until {@link #close}. */
    void show(LocalDate today) {
        subscription.close();
        subscription = database.subscribe(
                SidebarQueries.week(today), executor, result -> days.set(days(today, result.rows())), failed);
    }

    private static List<Day> days(LocalDate today, List<DayLoad> loads) {
        Map<LocalDate, Integer> open = new HashMap<>();
        int overdue = 0;
        for (DayLoad load : loads) {
            if (load.day() == null) {
                overdue = load.open();
            } else {
                open.put(load.day(), load.open());
            }
        }
        int late = overdue;
        return IntStream.range(0, DAYS)
                .mapToObj(index -> {
                    LocalDate date = today.plusDays(index);
                    return new Day(date, open.getOrDefault(date, 0), index == 0 ? late : 0);
                })
                .toList();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
