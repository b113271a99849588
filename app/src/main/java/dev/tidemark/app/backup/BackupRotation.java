package dev.tidemark.app.backup;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Decides which backups to keep. Keeps the last backup of each of the latest 7 days, 4 weeks and 12 months. */
final class BackupRotation {
    private static final int DAYS = 7;
    private static final int WEEKS = 4;
    private static final int MONTHS = 12;

    private BackupRotation() {}

    /**
     * Returns the times of the backups to keep. Counts only days, weeks and months that have a backup, so that a
     * computer that was off for a year keeps its old backups.
     *
     * @param zone the time zone in which days begin
     */
    static Set<Instant> retained(Collection<Instant> backups, ZoneId zone) {
        List<Instant> newestFirst = List.copyOf(new TreeSet<>(backups).descendingSet());
        Set<Instant> kept = new HashSet<>();
        retain(kept, newestFirst, DAYS, at -> LocalDate.ofInstant(at, zone));
        retain(
                kept,
                newestFirst,
                WEEKS,
                at -> LocalDate.ofInstant(at, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        retain(kept, newestFirst, MONTHS, at -> YearMonth.from(at.atZone(zone)));
        return kept;
    }

    private static void retain(
            Set<Instant> kept, List<Instant> newestFirst, int most, Function<Instant, Object> periodOf) {
        Set<Object> periods = new HashSet<>();
        for (Instant at : newestFirst) {
            if (periods.size() < most && periods.add(periodOf.apply(at))) {
                kept.add(at);
            }
        }
    }
}
