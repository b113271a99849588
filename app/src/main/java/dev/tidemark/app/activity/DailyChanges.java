package dev.tidemark.app.activity;

import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The number of changes that each device made on each of the last 14 days. Immutable.
 *
 * @param days one element for each day, oldest first
 */
record DailyChanges(List<Day> days) {
    static final DailyChanges NONE = new DailyChanges(List.of());

    private static final int SHOWN_DAYS = 14;

    /**
     * A day.
     *
     * @param devices the number of changes, keyed by device name
     */
    record Day(LocalDate date, SortedMap<String, Long> devices) {
        long changes() {
            return devices.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    DailyChanges {
        days = List.copyOf(days);
    }

    /** Counts the changes of the last two weeks. */
    static DailyChanges read(Database database, ZonedDateTime now) {
        LocalDate first = now.toLocalDate().minusDays(SHOWN_DAYS - 1L);
        List<LocalDate> dates = first.datesUntil(now.toLocalDate().plusDays(1)).toList();
        List<Instant> bounds = new ArrayList<>();
        dates.forEach(date -> bounds.add(date.atStartOfDay(now.getZone()).toInstant()));
        bounds.add(now.toLocalDate().plusDays(1).atStartOfDay(now.getZone()).toInstant());
        List<Map<ReplicaId, Long>> counts = database.changelog().counts(bounds);
        Map<ReplicaId, String> names = database.replicaNames();
        List<Day> days = new ArrayList<>();
        for (int index = 0; index < dates.size(); index++) {
            SortedMap<String, Long> devices = new TreeMap<>();
            counts.get(index)
                    .forEach((writer, changes) ->
                            devices.merge(ItemDetails.deviceName(names, writer), changes, Long::sum));
            days.add(new Day(dates.get(index), devices));
        }
        return new DailyChanges(days);
    }

    /** Returns the largest number of changes on one day; 0 if there are no changes. */
    long maxPerDay() {
        return days.stream().mapToLong(Day::changes).max().orElse(0);
    }

    /** Returns the names of the devices with changes, sorted. */
    List<String> devices() {
        SortedSet<String> names = new TreeSet<>();
        days.forEach(day -> names.addAll(day.devices().keySet()));
        return List.copyOf(names);
    }
}
