package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Converts device records to the devices that users see. */
final class RemoteDevices {
    /** The time without a record after which the program offers to retire a device (docs/correctness.md#r7). */
    static final Duration QUIET = Duration.ofDays(90);

    private final Map<ReplicaId, Long> retired;
    private final VersionVector held;
    private final Instant now;

    /** @param held the changes that this device has applied */
    RemoteDevices(Map<ReplicaId, Long> retired, VersionVector held, Instant now) {
        this.retired = retired;
        this.held = held;
        this.now = now;
    }

    List<Device> of(Stream<DeviceRecord> records) {
        return records.map(this::of)
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
