package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The objects in one listing of a storage, by kind. Blobs and objects that Tidemark does not know are omitted. */
final class RemoteListing {
    private final Map<LibraryName, Long> libraries = new HashMap<>();
    private final Map<ReplicaId, List<ListedRecord>> records = new TreeMap<>();
    private final List<StoredObject> segments = new ArrayList<>();
    private final List<String> earlier = new ArrayList<>();
    private final Map<Retirement.Name, Long> retirements = new HashMap<>();
    private final Map<SnapshotName, Long> snapshots = new HashMap<>();
    private final Set<LibraryName> plain = new HashSet<>();
    private final Map<KeyName, Long> keys = new HashMap<>();
    private boolean encrypted;

    /**
     * A device record in the listing.
     *
     * @param name the record's name
     * @param size the record's length in bytes
     */
    record ListedRecord(RecordName name, long size) {}

    /** The names of segments before the first release. They contain no chain hash. */
    private static final Pattern EARLIER_SEGMENT =
            Pattern.compile(SegmentName.FOLDER + "[0-3][0-9a-f]{15}/[0-9]{12}-[0-9]{12}-[0-9a-f]{32}\\.seg");

    private RemoteListing() {}

    static RemoteListing of(List<StoredObject> objects) {
        RemoteListing listing = new RemoteListing();
        objects.forEach(listing::add);
        return listing;
    }

    private void add(StoredObject object) {
        String name = object.name();
        LibraryName.parse(name).ifPresent(library -> libraries.put(library, object.size()));
        RecordName.parse(name).ifPresent(record -> addRecord(record, object.size()));
        Retirement.Name.parse(name).ifPresent(retirement -> retirements.put(retirement, object.size()));
        SnapshotName.parse(name).ifPresent(snapshot -> snapshots.put(snapshot, object.size()));
        KeyName.parse(name).ifPresent(key -> keys.put(key, object.size()));
        if (SegmentName.parse(name).isPresent()) {
            segments.add(object);
        } else if (EARLIER_SEGMENT.matcher(name).matches()) {
            earlier.add(name);
        }
        encrypted |= name.endsWith(".age");
    }

    private void addRecord(RecordName record, long size) {
        records.computeIfAbsent(record.replica(), replica -> new ArrayList<>()).add(new ListedRecord(record, size));
    }

    /** Adds a library file that this device has just uploaded, because listings may lag. */
    void addLibrary(LibraryName name) {
        libraries.putIfAbsent(name, 0L);
    }

    List<LibraryName> libraries() {
        return libraries.keySet().stream()
                .sorted(Comparator.comparing(LibraryName::toString))
                .toList();
    }

    /** Returns the length of a library file in bytes; 0 if it was just uploaded. */
    long sizeOf(LibraryName library) {
        return libraries.getOrDefault(library, 0L);
    }

    /** Removes a library file that is damaged or was not read. */
    void remove(LibraryName library) {
        libraries.remove(library);
    }

    /** Moves an unencrypted library from the usable libraries to {@link #plainLibraries}. */
    void quarantine(LibraryName library) {
        libraries.remove(library);
        plain.add(library);
    }

    /** Returns the libraries that {@link #quarantine} excluded. */
    Set<LibraryName> plainLibraries() {
        return plain;
    }

    /** Returns the devices that have records. */
    Set<ReplicaId> devices() {
        return records.keySet();
    }

    /**
     * Returns a device's records, the oldest first. This is the order of the listing, because the numbers in the names
     * have leading zeros.
     */
    List<ListedRecord> recordsOf(ReplicaId device) {
        return records.getOrDefault(device, List.of());
    }

    /** Returns the retirements, with the lengths of the files in bytes. */
    Map<Retirement.Name, Long> retirements() {
        return retirements;
    }

    /** Returns the key files, with their lengths in bytes. */
    Map<KeyName, Long> keys() {
        return keys;
    }

    /** Returns the manifests of snapshots, with their lengths in bytes. */
    Map<SnapshotName, Long> snapshots() {
        return snapshots;
    }

    /** Returns segments of development versions, which no released version reads. */
    List<String> earlierSegments() {
        return earlier;
    }

    List<StoredObject> segments() {
        return segments;
    }

    /** Returns whether the storage has segments, device records or snapshots. */
    boolean hasReplicaData() {
        return !segments.isEmpty() || !records.isEmpty() || !snapshots.isEmpty();
    }

    boolean isEncrypted() {
        return encrypted;
    }

    Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        segments.forEach(segment -> sizes.put(segment.name(), segment.size()));
        snapshots.forEach((name, size) -> sizes.put(name.toString(), size));
        retirements.forEach((name, size) -> sizes.put(name.toString(), size));
        libraries.forEach((name, size) -> sizes.put(name.toString(), size));
        keys.forEach((name, size) -> sizes.put(name.toString(), size));
        records.values()
                .forEach(all -> all.forEach(record -> sizes.put(record.name().toString(), record.size())));
        return sizes;
    }
}
