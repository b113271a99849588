package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads the records of other devices, each record once. */
final class OtherDevices {
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteFiles files;
    private final RemoteStateStore remoteState;
    private final FileErrorRegistry fileErrors;
    private final Map<RecordName, byte[]> downloaded = new LinkedHashMap<>();
    private Map<ReplicaId, DeviceRecord> known = new HashMap<>();

    OtherDevices(SyncContext context) {
        this.files = context.files();
        this.database = context.database();
        this.storage = context.maintenance();
        this.remoteState = context.remoteState();
        this.fileErrors = context.fileErrors();
    }

    /** Returns the records of all other devices. Reads those in the listing that were not read before. */
    Map<ReplicaId, DeviceRecord> read(RemoteListing listing) {
        ReplicaId self = database.replica();
        Set<String> readBefore = remoteState.objects().all(RemoteNames.DEVICES).keySet();
        Map<RecordName, Long> unread = new LinkedHashMap<>();
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            if (!replica.equals(self) && !readBefore.contains(newest.name().toString())) {
                unread.put(newest.name(), newest.size());
            }
        });
        known = remoteState.devices();
        // A new device knows no other devices. Of all records, it first reads those of devices that have written
        // changes.
        Set<ReplicaId> writers = new HashSet<>(known.keySet());
        writers.addAll(database.changelog().vector().heads().keySet());
        listing.segments()
                .forEach(segment -> SegmentName.parse(segment.name()).ifPresent(name -> writers.add(name.replica())));
        files.readNew(
                unread,
                name -> writers.contains(name.replica()),
                (name, content) -> Map.entry(DeviceRecord.read(name, content), content),
                (name, read) -> {
                    known.put(name.replica(), read.getKey());
                    downloaded.put(name, read.getValue());
                },
                vanished -> {}); // A newer record has replaced it. The next sync reads that one.
        return known;
    }

    /**
     * Uploads those cached records again that other devices reported as unreadable, because their owners may never
     * return.
     */
    void repair(RemoteListing listing, Set<String> reported) {
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            String name = newest.name().toString();
            byte[] content = reported.contains(name) ? remoteState.objects().content(name) : null;
            if (content != null && !fileErrors.wasVerified(name)) {
                repair(newest, content);
            }
        });
    }

    private void repair(ListedRecord record, byte[] content) {
        String name = record.name().toString();
        boolean isSound;
        try {
            isSound = files.read(
                            name, record.size(), JsonFile.MAX_BYTES, found -> DeviceRecord.read(record.name(), found))
                    != null;
        } catch (StorageException.ObjectMissingException e) {
            // A newer record has replaced it.
            isSound = true;
        }
        if (!isSound && fileErrors.isDamaged(name)) {
            storage.put(name, content);
            fileErrors.remove(name);
            isSound = true;
        }
        if (isSound) {
            fileErrors.markVerified(name);
        }
    }

    /**
     * Returns whether a device has only unreadable records. This device does not know which files such a device needs
     * (docs/correctness.md#r3).
     */
    boolean hasUnreadDevice(RemoteListing listing) {
        Set<ReplicaId> known = remoteState.devices().keySet();
        Set<ReplicaId> retired = remoteState.retired().keySet();
        return listing.devices().stream()
                .filter(device -> !device.equals(database.replica()))
                .filter(device -> !known.contains(device) && !retired.contains(device))
                .map(device -> listing.recordsOf(device).getLast().name().toString())
                .anyMatch(name -> fileErrors.isUnverified(name)
                        || fileErrors.isUnread(name)
                        || fileErrors.isTooLargeForMemory(name));
    }

    /** Stores the records of devices of this library, and adopts the aliases that these records contain. */
    void remember(UUID library) {
        Set<UUID> aliases = remoteState.aliases();
        Set<UUID> joined = new HashSet<>();
        for (DeviceRecord device : known.values()) {
            if (device.library().equals(library)) {
                joined.addAll(device.aliases());
            }
        }
        joined.remove(library);
        joined.removeAll(aliases);
        if (!joined.isEmpty()) {
            remoteState.addAliases(joined);
            fileErrors.reset();
        }
        Set<UUID> same = remoteState.aliases();
        same.add(library);
        Map<RecordName, byte[]> ours = new LinkedHashMap<>();
        Map<ReplicaId, String> names = database.replicaNames();
        downloaded.forEach((name, content) -> {
            DeviceRecord device = known.get(name.replica());
            if (device != null && same.contains(device.library())) {
                ours.put(name, content);
                if (!device.name().equals(names.get(name.replica()))) {
                    database.nameReplica(name.replica(), device.name());
                }
            }
        });
        if (!ours.isEmpty()) {
            remoteState.objects().rememberRecords(ours);
        }
    }
}
