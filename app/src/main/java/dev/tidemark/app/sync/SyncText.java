package dev.tidemark.app.sync;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.sync.SyncWarnings.FastClock;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Formats sync progress and warnings. */
final class SyncText {
    /**
     * From this number of seconds on, the time until a retry is shown in minutes. A shorter time is shown in seconds.
     */
    private static final long COUNTED_SECONDS = 100;

    private SyncText() {}

    /** Formats the direction and the number of changes, or the size of the files. */
    static String running(SyncState.Transfer moving) {
        if (moving.files() > 0) {
            return Messages.text(
                    Keys.SYNC_RUNNING_FILES, FileSizeFormat.of(moving.filesDone()), FileSizeFormat.of(moving.files()));
        }
        return moving.pulled() > 0
                ? Messages.text(Keys.SYNC_RUNNING_PULLING, moving.pulled())
                : moving.pushed() > 0
                        ? Messages.text(Keys.SYNC_RUNNING_PUSHING, moving.pushed())
                        : Messages.text(Keys.SYNC_RUNNING);
    }

    /** Formats {@link #running} with the number of bytes. */
    static String runningWithBytes(SyncState.Transfer moving) {
        return moving.files() > 0 || moving.bytes() == 0
                ? running(moving)
                : Messages.text(Keys.SYNC_RUNNING_BYTES, running(moving), FileSizeFormat.of(moving.bytes()));
    }

    /** Formats the time until the next attempt, in seconds or minutes. */
    static String retrying(Duration until) {
        long seconds = Math.max(0, until.toSeconds());
        return seconds < COUNTED_SECONDS
                ? Messages.text(Keys.SYNC_RETRYING, seconds)
                : Messages.text(Keys.SYNC_RETRYING_MINUTES, (seconds + 30) / 60);
    }

    /** Formats the time at which a lasting state began, for example "14:02", "yesterday at 14:02" or "20 Nov". */
    static String since(Instant moment, Instant now, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        String time = DueFormat.time(local.toLocalTime());
        if (local.toLocalDate().equals(today)) {
            return time;
        }
        return local.toLocalDate().equals(today.minusDays(1))
                ? Messages.text(Keys.TIME_YESTERDAY, time)
                : DueFormat.day(local.toLocalDate(), today);
    }

    static String deletion(MassDelete deleted) {
        return deleted.isBySnapshot()
                ? Messages.text(Keys.SYNC_DELETED_SNAPSHOT, deleted.rows())
                : Messages.text(Keys.SYNC_DELETED, deleted.name(), deleted.rows());
    }

    static String clocks(List<FastClock> clocks) {
        String names = clocks.stream().map(FastClock::name).collect(Collectors.joining(", "));
        long days = clocks.stream().mapToLong(FastClock::days).max().orElse(1);
        return Messages.text(Keys.SYNC_PANEL_CLOCK, names, days);
    }
}
