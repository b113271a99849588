package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every file of the log that ever lay in a storage as a whole: who reads these, and no snapshot, has all changes, whatever was
 * merged, removed and forgotten since.
 */
final class SimulatedArchive {
    private static final List<String> NOT_KEPT = List.of("v1/base/", "v1/snapshots/", "v1/blobs/", SegmentName.FOLDER);

    private final Map<String, byte[]> segments = new TreeMap<>();
    private final Map<Dot, Change> written = new TreeMap<>();

    /** Returns whether it holds what two others hold that were kept before. */
    boolean keep(String name, byte[] content) {
        if (!name.startsWith(SegmentName.FOLDER)) {
            return false;
        }
        segments.put(name, content.clone());
        SegmentName kept = parse(name);
        return segments.keySet().stream()
                        .filter(other -> !other.equals(name))
                        .map(SimulatedArchive::parse)
                        .filter(other -> other.replica().equals(kept.replica())
                                && other.first() >= kept.first()
                                && other.last() <= kept.last())
                        .count()
                > 1;
    }

    /** Also of a sealed name, which has another hash and an ending. */
    private static SegmentName parse(String name) {
        return SegmentName.parse(name.replaceAll("[.][0-9a-f]{8}[.]age$", "")).orElseThrow();
    }

    int files() {
        return segments.size();
    }

    /** A storage with all of them, and with what else lies in this one but for snapshots and attachments. */
    RemoteStorage with(RemoteStorage others) {
        MemoryStorage all = new MemoryStorage();
        for (StoredObject object : others.list("", null)) {
            if (NOT_KEPT.stream().noneMatch(object.name()::startsWith)) {
                all.put(object.name(), others.get(object.name()));
            }
        }
        segments.forEach(all::put);
        return all;
    }

    /** A device has written this; it may go into a snapshot without ever being in the log. */
    void note(Change change) {
        written.put(change.dot(), change);
    }

    /** Has the database take what it lacks of what is held there, each change after what its writer had seen. */
    void complete(SqliteDatabase database, VersionVector held) {
        VersionVector has = database.changelog().vector();
        List<Change> ready = new ArrayList<>();
        int before = -1;
        while (before < ready.size()) {
            before = ready.size();
            for (Change change : written.values()) {
                Dot dot = change.dot();
                if (held.covers(dot)
                        && has.get(dot.replica()) + 1 == dot.sequence()
                        && has.covers(change.context().vector().with(dot.replica(), 0))) {
                    ready.add(change);
                    has = has.with(dot.replica(), dot.sequence());
                }
            }
        }
        if (!ready.isEmpty()) {
            database.changelog().append(new Batch(ready));
        }
    }
}
