package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;

/** Reads what other devices say of themselves: each record once. */
final class OtherDevices {
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteMemory memory;
    private final Troubles troubles;
    private final Map<RecordName, String> fresh = new LinkedHashMap<>();
    private Map<ReplicaId, DeviceRecord> known = new HashMap<>();

    OtherDevices(
            SqliteDatabase database,
            RemoteStorage storage,
            Transfers transfers,
            RemoteMemory memory,
            Troubles troubles) {
        this.transfers = transfers;
        this.database = database;
        this.storage = storage;
        this.memory = memory;
        this.troubles = troubles;
    }

    /** All that is known of other devices, after fetching what is new in the listing. */
    Map<ReplicaId, DeviceRecord> read(RemoteListing listing) {
        ReplicaId self = database.replica();
        Map<ReplicaId, String> readBefore = memory.deviceRecords();
        Map<ListedRecord, Future<byte[]>> requests = new LinkedHashMap<>();
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            String name = newest.name().toString();
            if (!replica.equals(self) && !name.equals(readBefore.get(replica)) && !troubles.has(name)) {
                requests.put(newest, transfers.start(() -> storage.get(name)));
            }
        });
        known = memory.devices();
        requests.forEach((record, request) -> {
            try {
                keep(record, request);
            } catch (ObjectMissingException e) {
                // Replaced by a newer one since it was listed; the next sync reads that.
                fresh.remove(record.name());
            }
        });
        return known;
    }

    /** A damaged one is fetched once more first. */
    private void keep(ListedRecord record, Future<byte[]> request) {
        try {
            try {
                keep(record.name(), Transfers.await(request));
            } catch (DamagedFileException first) {
                keep(record.name(), storage.get(record.name().toString()));
            }
        } catch (DamagedFileException e) {
            troubles.add(record.name().toString(), record.size(), Troubles.Kind.QUARANTINED, e.reason());
        } catch (StorageException e) {
            if (!SegmentFetcher.isOfOneFile(e)) {
                throw e;
            }
            troubles.add(record.name().toString(), record.size(), Troubles.Kind.UNREADABLE, Problem.FILE_UNREADABLE);
        }
    }

    private void keep(RecordName name, byte[] content) {
        known.put(name.replica(), DeviceRecord.read(name, content));
        fresh.put(name, new String(content, StandardCharsets.UTF_8));
    }

    /**
     * Puts the records again that others could not read, as they were when this device read them: their own devices may never
     * come back.
     */
    void mend(RemoteListing listing, Set<String> reported) {
        listing.devices().forEach(replica -> {
            ListedRecord newest = listing.recordsOf(replica).getLast();
            String name = newest.name().toString();
            String content = reported.contains(name) ? memory.recordContent(name) : null;
            if (content != null && !troubles.wasSound(name)) {
                mend(newest.name(), content.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void mend(RecordName name, byte[] content) {
        try {
            DeviceRecord.read(name, storage.get(name.toString()));
        } catch (DamagedFileException e) {
            storage.put(name.toString(), content);
        } catch (ObjectMissingException e) {
            // A newer one has taken its place.
        }
        troubles.foundSound(name.toString());
    }

    /** Whether there is a device of which nothing could be read ever: what it still needs is not known. */
    boolean hasUnheard(RemoteListing listing) {
        Set<ReplicaId> heard = memory.devices().keySet();
        Set<ReplicaId> retired = memory.retired().keySet();
        return listing.devices().stream()
                .filter(device -> !device.equals(database.replica()))
                .filter(device -> !heard.contains(device) && !retired.contains(device))
                .anyMatch(device -> troubles.isBad(
                        listing.recordsOf(device).getLast().name().toString()));
    }

    /** Keeps what devices of this library said, and joins the libraries that they take for the same. */
    void remember(UUID library) {
        Set<UUID> aliases = memory.aliases();
        Set<UUID> joined = new HashSet<>();
        for (DeviceRecord device : known.values()) {
            if (device.library().equals(library)) {
                joined.addAll(device.aliases());
            }
        }
        joined.remove(library);
        joined.removeAll(aliases);
        if (!joined.isEmpty()) {
            memory.addAliases(joined);
            troubles.forget();
        }
        Set<UUID> same = memory.aliases();
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
            memory.rememberDevices(ours);
        }
    }
}
