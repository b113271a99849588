package dev.tidemark.app.sync;

import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent.ClockAhead;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
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
 * What a sync has found out about other devices that a person should hear of. Immutable.
 *
 * @param deletion the last deletion of most of the library that nobody has undone; {@code null} if there is none
 * @param clocks devices whose changes come from the future
 * @param blocker the device whose changes have lacked, or been in a bad file, for so long that they may never come; {@code null} if there is none
 */
public record SyncWarnings(
        @Nullable MassDelete deletion,
        List<FastClock> clocks,
        @Nullable OtherDevice blocker) {
    /** Nothing. */
    public static final SyncWarnings NONE = new SyncWarnings(null, List.of(), null);

    /** Somebody who has not looked for so long has other things to look for. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** What is wrong when changes lack. */
    private static final Set<Problem> LACKING = Set.of(Problem.SYNC_BLOCKED, Problem.SYNC_GAP);

    /**
     * Another device.
     *
     * @param replica which
     * @param name what it is called
     */
    public record OtherDevice(ReplicaId replica, String name) {}

    /**
     * A device whose clock is ahead.
     *
     * @param name what it is called
     * @param days by how much, at least 1
     */
    public record FastClock(String name, long days) {}

    /** Copies the list. */
    public SyncWarnings {
        clocks = List.copyOf(clocks);
    }

    /** What the database and the last sync know. Reads the database. */
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

    /** What lasts is told at once to whoever begins to listen. */
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
        if (report == null || reason == null || !LACKING.contains(reason.problem())) {
            return Optional.empty();
        }
        return report.lackingFor(SyncReport.RETIRABLE_AFTER, now).stream().min(Comparator.naturalOrder());
    }
}
