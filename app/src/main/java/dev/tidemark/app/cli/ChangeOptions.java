package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that filter changes by device and time and limit their number. */
final class ChangeOptions {
    /** The minimum length of an id prefix, in characters. A shorter prefix could match a wrong device. */
    private static final int SHORTEST_ID = 4;

    @Option(names = "--device", paramLabel = "DEVICE", descriptionKey = "changes.device")
    private @Nullable String device;

    @Option(names = "--since", paramLabel = "DATE", descriptionKey = "changes.since")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "DATE", descriptionKey = "changes.until")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "NUMBER", descriptionKey = "changes.limit")
    private int limit = 100;

    /** Returns the maximum number of entries to print. */
    int limit() {
        if (limit < 1) {
            throw new ProblemException("changes.limit", limit);
        }
        return limit;
    }

    /** Returns the ids that the given device has or had. Returns an empty set if the user named no device. */
    Set<ReplicaId> devices(Database database) {
        if (device == null) {
            return Set.of();
        }
        String wanted = device;
        Map<ReplicaId, String> names = database.replicaNames();
        Set<ReplicaId> ids = database.changelog().vector().heads().keySet();
        Set<ReplicaId> found = ids.stream()
                .filter(id -> wanted.equals(names.get(id))
                        || (wanted.length() >= SHORTEST_ID
                                && id.toString().startsWith(wanted.toLowerCase(Locale.ROOT))))
                .collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new ProblemException("device.unknown", wanted);
        }
        return found;
    }

    @Nullable
    Instant since() {
        Due start = since == null ? null : Due.parse(since);
        return start == null ? null : instant(start, LocalTime.MIN, 0);
    }

    /** Returns the given time. If the user gave only a date, returns the end of that day. */
    @Nullable
    Instant until() {
        Due end = until == null ? null : Due.parse(until);
        return end == null ? null : instant(end, LocalTime.MIN, 1);
    }

    private static Instant instant(Due moment, LocalTime otherwise, int days) {
        LocalTime time = moment.time();
        return (time == null
                        ? moment.date().plusDays(days).atTime(otherwise)
                        : moment.date().atTime(time))
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }
}
