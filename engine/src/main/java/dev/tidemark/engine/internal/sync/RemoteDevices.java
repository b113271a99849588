package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Converts device records to the devices that users see. Adds the replicas without a record for which garbage collection
 * waits, because users could not retire them otherwise.
 */
final class RemoteDevices {
    /** The time without a record after which the program offers to retire a device (docs/correctness.md#r7). */
    static final Duration QUIET = Duration.ofDays(90);

    private final Database database;
    private final Map<ReplicaId, Long> retired;
    private final VersionVector held;
    private final Instant now;

    RemoteDevices(Database database, Map<ReplicaId, Long> retired, Instant now) {
        this.database = database;
        this.retired = retired;
        this.held = database.changelog().vector();
        this.now = now;
    }

    List<Device> of(List<DeviceRecord> records) {
        Set<ReplicaId> recorded = records.stream().map(DeviceRecord::replica).collect(Collectors.toSet());
        Map<ReplicaId, String> names = database.replicaNames();
        Stream<Device> absent = database.changelog().acknowledgements().stream()
                .filter(each -> !each.replica().equals(database.replica())
                        && !recorded.contains(each.replica())
                        && !retired.containsKey(each.replica()))
                .map(each -> absent(
                        each, names.getOrDefault(each.replica(), each.replica().toString())));
        return Stream.concat(records.stream().map(this::of), absent)
                .sorted(Comparator.comparing(Device::name).thenComparing(Device::replica))
                .toList();
    }

    private Device of(DeviceRecord record) {
        return new Device(
                record.replica(),
                record.name(),
                record.platform(),
                record.program(),
                record.vector(),
                behind(record.vector()),
                record.written(),
                status(record));
    }

    private Device absent(Changelog.Acknowledgement known, String name) {
        return new Device(
                known.replica(), name, "", "", known.applied(), behind(known.applied()), null, Device.Status.ABSENT);
    }

    private long behind(VersionVector theirs) {
        long behind = 0;
        for (Map.Entry<ReplicaId, Long> head : held.heads().entrySet()) {
            behind += Math.max(0, head.getValue() - theirs.get(head.getKey()));
        }
        return behind;
    }

    private Device.Status status(DeviceRecord record) {
        if (retired.containsKey(record.replica())) {
            return Device.Status.RETIRED;
        }
        return record.written().plus(QUIET).isBefore(now) ? Device.Status.QUIET : Device.Status.ACTIVE;
    }
}
