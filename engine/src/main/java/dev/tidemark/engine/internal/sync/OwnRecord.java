package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes this device's record: when it has news for others, and once a day as a sign of life (docs/correctness.md#r7).
 */
final class OwnRecord {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofDays(1);

    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final RemoteListing listing;

    OwnRecord(RemoteStorage storage, RemoteStateStore memory, RemoteListing listing) {
        this.storage = storage;
        this.remoteState = memory;
        this.listing = listing;
    }

    /** Returns whether it was written. */
    boolean upload(DeviceRecord record) {
        RemoteStateStore.State state = remoteState.state();
        if (state == null) {
            throw new IllegalStateException("No library was agreed upon");
        }
        List<ListedRecord> listed = listing.recordsOf(record.replica());
        String content = JsonFile.write(record.news());
        Set<String> reported = RemoteRepair.reported(remoteState);
        boolean isThere = listed.stream()
                .anyMatch(each -> each.name().number() == state.record()
                        && !reported.contains(each.name().toString()));
        Instant due = state.recordAt().plus(HEARTBEAT_INTERVAL);
        if (isThere && content.equals(state.recordContent()) && record.written().isBefore(due)) {
            return false;
        }
        byte[] bytes = record.toBytes();
        RecordName name = DeviceRecord.nameOf(record.replica(), last(listed, state) + 1, bytes);
        remoteState.planRecord(name.toString(), bytes.length, name.number(), content, record.written());
        storage.put(name.toString(), bytes);
        removeOlder(listed, name.number() - 1);
        return true;
    }

    /** Others go by the highest number. There may be one that came here with a copy of another place. */
    private static long last(List<ListedRecord> listed, RemoteStateStore.State state) {
        return Math.max(
                state.record(),
                listed.stream().mapToLong(each -> each.name().number()).max().orElse(0));
    }

    /** The one before stays, for those who have just listed it. */
    private void removeOlder(List<ListedRecord> listed, long before) {
        for (ListedRecord record : listed) {
            if (record.name().number() < before) {
                storage.delete(record.name().toString());
            }
        }
    }
}
