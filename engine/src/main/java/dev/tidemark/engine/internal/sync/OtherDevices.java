package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;

/** Reads what other devices say of themselves: each record once. */
final class OtherDevices {
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteFiles files;
    private final RemoteStateStore remoteState;
    private final FileErrorRegistry fileErrors;
    private final Map<RecordName, String> fresh = new LinkedHashMap<>();
    private Map<ReplicaId, DeviceRecord> known = new HashMap<>();

    OtherDevices(SyncContext context) {
        this.files = context.files();
        this.database = context.database();
        this.storage = context.maintenance();
        this.remoteState = context.remoteState();
        this.fileErrors = context.fileErrors();
    }

    /** All that is known of other devices, after fetching what is new in the listing. */
    Map<ReplicaId, DeviceRecord> read(RemoteListing listing) {
        ReplicaId self = database.replica();
        Map<ReplicaId, String> readBefore = remoteState.deviceRecords();
        List<ListedRecord> unread = new ArrayList<>();
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            String name = newest.name().toString();
            if (!replica.equals(self)
                    && !name.equals(readBefore.get(replica))
                    && files.isUsable(name, newest.size(), JsonFile.MAX_BYTES)) {
                unread.add(newest);
            }
        });
        known = remoteState.devices();
        // A new device knows nobody: devices that have published changes come before mere records.
        Set<ReplicaId> writers = new HashSet<>(known.keySet());
        writers.addAll(database.changelog().vector().heads().keySet());
        listing.segments()
                .forEach(segment -> SegmentName.parse(segment.name()).ifPresent(name -> writers.add(name.replica())));
        Map<RecordName, ListedRecord> byName = new LinkedHashMap<>();
        unread.forEach(record -> byName.put(record.name(), record));
        List<ListedRecord> read = files.capped(byName.keySet(), name -> writers.contains(name.replica())).stream()
                .map(byName::get)
                .toList();
        RemoteFiles.inOrder(read, record -> files.start(record.name().toString(), record.size()), this::open);
        return known;
    }

    private void open(ListedRecord record, Future<byte[]> request) {
        RecordName name = record.name();
        try {
            files.open(name.toString(), record.size(), request, content -> keep(name, content));
        } catch (ObjectMissingException e) {
            // Replaced by a newer one since it was listed; the next sync reads that.
            fresh.remove(name);
        }
    }

    private DeviceRecord keep(RecordName name, byte[] content) {
        DeviceRecord said = DeviceRecord.read(name, content);
        known.put(name.replica(), said);
        fresh.put(name, new String(content, StandardCharsets.UTF_8));
        return said;
    }

    /**
     * Puts the records again that others could not read, as they were when this device read them: their own devices may never
     * come back.
     */
    void repair(RemoteListing listing, Set<String> reported) {
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            String name = newest.name().toString();
            String content = reported.contains(name) ? remoteState.recordContent(name) : null;
            if (content != null && !fileErrors.wasVerified(name)) {
                repair(newest, content.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void repair(ListedRecord record, byte[] content) {
        String name = record.name().toString();
        boolean isSound;
        try {
            isSound = files.isUsable(name, record.size(), JsonFile.MAX_BYTES)
                    && files.open(
                                    name,
                                    record.size(),
                                    files.start(name, record.size()),
                                    found -> DeviceRecord.read(record.name(), found))
                            != null;
        } catch (ObjectMissingException e) {
            // A newer one has taken its place.
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
     * Whether there is a device of which nothing was read ever: what it still needs is not known
     * (docs/correctness.md#r3).
     */
    boolean hasUnreadDevice(RemoteListing listing) {
        Set<ReplicaId> heard = remoteState.devices().keySet();
        Set<ReplicaId> retired = remoteState.retired().keySet();
        return listing.devices().stream()
                .filter(device -> !device.equals(database.replica()))
                .filter(device -> !heard.contains(device) && !retired.contains(device))
                .map(device -> listing.recordsOf(device).getLast().name().toString())
                .anyMatch(name ->
                        fileErrors.isUnverified(name) || fileErrors.isUnread(name) || fileErrors.hasNoMemoryFor(name));
    }

    /** Keeps what devices of this library said, and joins the libraries that they take for the same. */
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
        Map<RecordName, String> ours = new LinkedHashMap<>();
        Map<ReplicaId, String> names = database.replicaNames();
        fresh.forEach((name, content) -> {
            DeviceRecord device = known.get(name.replica());
            if (device != null && same.contains(device.library())) {
                ours.put(name, content);
                if (!device.name().equals(names.get(name.replica()))) {
                    database.nameReplica(name.replica(), device.name());
                }
            }
        });
        if (!ours.isEmpty()) {
            remoteState.rememberDevices(ours);
        }
    }
}
