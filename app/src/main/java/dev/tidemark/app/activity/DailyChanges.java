package dev.tidemark.app.activity;

import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The changes of the last days by device. Immutable.
 *
 * @param days one for each day, the oldest first
 */
record DailyChanges(List<Day> days) {
    static final DailyChanges NONE = new DailyChanges(List.of());

    private static final int SHOWN_DAYS = 14;

    /**
     * A day.
     *
     * @param devices the number of changes by device name
     */
    record Day(LocalDate date, SortedMap<String, Long> devices) {
        long changes() {
            return devices.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    DailyChanges {
        days = List.copyOf(days);
    }

    /** Reads the changelog of the last two weeks. */
    static DailyChanges read(Database database, ZonedDateTime now) {
        LocalDate first = now.toLocalDate().minusDays(SHOWN_DAYS - 1L);
        Map<LocalDate, SortedMap<String, Long>> counts = new TreeMap<>();
        first.datesUntil(now.toLocalDate().plusDays(1)).forEach(day -> counts.put(day, new TreeMap<>()));
        Map<ReplicaId, String> names = database.replicaNames();
        Map<ReplicaId, String> shown = new HashMap<>();
        ChangelogQuery query =
                ChangelogQuery.ALL.from(first.atStartOfDay(now.getZone()).toInstant());
        try (Stream<Change> changes = database.changelog().stream(query)) {
            changes.forEach(change -> {
                SortedMap<String, Long> day =
                        counts.get(LocalDate.ofInstant(Instant.ofEpochMilli(change.wallMillis()), now.getZone()));
                // A device whose clock is ahead may have changes of tomorrow.
                if (day != null) {
                    ReplicaId writer = change.dot().replica();
                    day.merge(shown.computeIfAbsent(writer, id -> ItemDetails.deviceName(names, id)), 1L, Long::sum);
                }
            });
        }
        List<Day> days = new ArrayList<>();
        counts.forEach((date, devices) -> days.add(new Day(date, devices)));
        return new DailyChanges(days);
    }

    /** The most changes of a day; 0 if there are none. */
    long most() {
        return days.stream().mapToLong(Day::changes).max().orElse(0);
    }

    /** The names of the devices with changes, sorted. */
    List<String> devices() {
        SortedSet<String> names = new TreeSet<>();
        days.forEach(day -> names.addAll(day.devices().keySet()));
        return List.copyOf(names);
    }
}
