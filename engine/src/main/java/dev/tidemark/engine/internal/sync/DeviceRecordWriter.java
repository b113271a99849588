package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes this device's record when its content has changed, and at least once a day (docs/correctness.md#r7). */
final class DeviceRecordWriter {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofDays(1);

    /** The maximal number of files of each kind in a record, so that the record stays small enough to be read. */
    private static final int MAX_REPORTED = 200;

    private final SyncContext context;
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;

    DeviceRecordWriter(SyncContext context) {
        this.context = context;
        this.database = context.database();
        this.storage = context.maintenance();
        this.remoteState = context.remoteState();
    }

    /** Returns the record that this device would write now. */
    DeviceRecord current() {
        RemoteStateStore.State state = remoteState.state();
        return create(database.library(), state == null ? 1 : state.epoch());
    }

    private DeviceRecord create(UUID library, int epoch) {
        ReplicaId self = database.replica();
        // The acknowledgement is read first, because it covers all changes that this device writes afterwards.
        VersionVector acknowledged = database.changelog().acknowledgements().stream()
                .filter(each -> each.replica().equals(self))
                .map(each -> each.applied().with(self, 0))
                .findFirst()
                .orElse(VersionVector.EMPTY);
        // One read returns both the applied changes of other replicas and this replica's last allocated sequence
        // number.
        VersionVector vector = database.changelog().vector();
        List<String> requestedBlobs = new RemoteBlobs(database, storage, context.clock()).requested();
        return new DeviceRecord(
                self,
                library,
                epoch,
                List.copyOf(remoteState.aliases()),
                database.replicaNames().getOrDefault(self, ""),
                System.getProperty("os.name", ""),
                context.program(),
                vector,
                database.chains().at(vector.with(self, 0)),
                acknowledged,
                VersionVector.of(database.collectedBeforeKnown()),
                Stream.concat(
                                reportable(vector).stream(),
                                requestedBlobs.stream().limit(MAX_REPORTED))
                        .toList(),
                database.ids().nonce(),
                context.now());
    }

    /**
     * Returns the files that this device asks other devices to upload again. If there are too many, files of known
     * replicas come first, because those of unknown replicas may be forged.
     */
    private List<String> reportable(VersionVector held) {
        List<String> damaged = context.fileErrors().damaged();
        if (damaged.size() <= MAX_REPORTED) {
            return damaged;
        }
        Set<String> known = Stream.of(
                        held.heads().keySet(), remoteState.devices().keySet())
                .flatMap(Set::stream)
                .map(ReplicaId::toString)
                .collect(Collectors.toSet());
        Predicate<String> isKnown = name -> known.stream().anyMatch(name::contains);
        return Stream.concat(damaged.stream().filter(isKnown), damaged.stream().filter(isKnown.negate()))
                .limit(MAX_REPORTED)
                .sorted()
                .toList();
    }

    /** Writes the record if it is due. */
    void upload(AgreedLibrary library) {
        RemoteStateStore.State state = remoteState.state();
        if (state == null) {
            throw new IllegalStateException("No library was agreed upon");
        }
        DeviceRecord record = create(library.id(), library.epoch());
        List<ListedRecord> listed = library.listing().recordsOf(record.replica());
        String content = JsonFile.write(record.comparedFields());
        Set<String> reported = context.reported();
        boolean isListed = listed.stream()
                .anyMatch(each -> each.name().number() == state.record()
                        && !reported.contains(each.name().toString()));
        Instant due = state.recordAt().plus(HEARTBEAT_INTERVAL);
        if (isListed
                && content.equals(state.recordContent())
                && record.written().isBefore(due)) {
            return;
        }
        byte[] bytes = record.toBytes();
        RecordName name = DeviceRecord.nameOf(record.replica(), last(listed, state) + 1, bytes);
        remoteState.planRecord(name.toString(), bytes.length, name.number(), content, record.written());
        storage.put(name.toString(), bytes);
        removeOlder(listed, name.number() - 1);
    }

    /** Returns the highest number of this device's records. Includes records that were copied from another storage. */
    private static long last(List<ListedRecord> listed, RemoteStateStore.State state) {
        return Math.max(
                state.record(),
                listed.stream().mapToLong(each -> each.name().number()).max().orElse(0));
    }

    /** Removes older records. Retains the previous one, because a device may have listed it just now. */
    private void removeOlder(List<ListedRecord> listed, long before) {
        for (ListedRecord record : listed) {
            if (record.name().number() < before) {
                storage.delete(record.name().toString());
            }
        }
    }
}
