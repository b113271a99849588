package dev.tidemark.app.sync;

import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent.ClockAhead;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warnings about other devices from the last sync. Immutable.
 *
 * @param deletion the last deletion of most of the library by another device; {@code null} if there is none or it was
 *     undone
 * @param blocker the device whose changes have been missing or unreadable for so long that the user may retire it;
 *     {@code null} if there is none
 */
public record SyncWarnings(
        @Nullable MassDelete deletion,
        List<FastClock> clocks,
        @Nullable OtherDevice blocker) {
    public static final SyncWarnings NONE = new SyncWarnings(null, List.of(), null);

    /** The time for which a deletion is shown. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** The problems caused by missing changes of a device. */
    private static final Set<Problem> MISSING_CHANGES = Set.of(Problem.SYNC_BLOCKED, Problem.SYNC_GAP);

    /** Another device. */
    public record OtherDevice(ReplicaId replica, String name) {}

    /**
     * A device whose clock is ahead.
     *
     * @param days the number of days by which the clock is ahead, at least 1
     */
    public record FastClock(String name, long days) {}

    public SyncWarnings {
        clocks = List.copyOf(clocks);
    }

    /** Reads the warnings from the database and the last sync. */
    public static SyncWarnings of(Database database, SyncStatus status, Instant now) {
        Map<ReplicaId, String> names = database.replicaNames();
        MassDelete deletion = database.massDeletes().stream()
                .filter(found -> found.noticed().isAfter(now.minus(REMEMBERED)))
                .findFirst()
                .orElse(null);
        OtherDevice blocker = blocking(status, now)
                .map(replica -> new OtherDevice(replica, ItemDetails.deviceName(names, replica)))
                .orElse(null);
        return new SyncWarnings(deletion, clocks(database, names), blocker);
    }

    /**
     * Returns the devices with a fast clock. Uses a listener, because the database immediately passes each new listener
     * the events of conditions that persist.
     */
    private static List<FastClock> clocks(Database database, Map<ReplicaId, String> names) {
        List<FastClock> clocks = new ArrayList<>();
        try (Subscription listening = database.onEvent(Runnable::run, event -> {
            if (event instanceof ClockAhead clock) {
                String name = ItemDetails.deviceName(names, clock.replica());
                clocks.add(new FastClock(name, Math.max(1, clock.ahead().toDays())));
            }
        })) {
            Objects.requireNonNull(listening);
        }
        return clocks;
    }

    private static Optional<ReplicaId> blocking(SyncStatus status, Instant now) {
        TidemarkException reason = status.reason();
        SyncReport report = status.lastReport();
        if (report == null || reason == null || !MISSING_CHANGES.contains(reason.problem())) {
            return Optional.empty();
        }
        return report.missingFor(SyncReport.RETIRABLE_AFTER, now).stream().min(Comparator.naturalOrder());
    }
}
