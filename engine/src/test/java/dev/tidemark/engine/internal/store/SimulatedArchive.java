package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SimulatedMachine.Written;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Every complete segment that a storage ever had. A replica that reads all of them, and no snapshot, has all changes
 * regardless of compaction, removal and garbage collection.
 */
final class SimulatedArchive {
    private static final List<String> NOT_KEPT = List.of("v1/base/", "v1/snapshots/", "v1/blobs/", SegmentName.FOLDER);

    private final Map<String, byte[]> segments = new TreeMap<>();
    private final Map<Dot, Map<Written, Change>> written = new TreeMap<>();
    private final Map<Written, Dot> dots = new HashMap<>();
    private final Set<Change> issuedAgain = Collections.newSetFromMap(new IdentityHashMap<>());

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

    /**
     * A device has written this; it may go into a snapshot without ever being in the log. What it issues under a fresh id had
     * other numbers before, which mean something else in the log by then, or will.
     */
    void note(Change change) {
        Written content = Written.of(change);
        Map<Written, Change> contents = written.computeIfAbsent(change.dot(), dot -> new LinkedHashMap<>());
        contents.putIfAbsent(content, change);
        Dot before = dots.put(content, change.dot());
        if (before != null && !before.equals(change.dot())) {
            issuedAgain.add(Objects.requireNonNull(written.get(before)).get(content));
        }
    }

    /** Has the database take what it lacks of what is held there and lies in no file. Returns whether it lacked any. */
    boolean complete(SqliteDatabase database, VersionVector held) {
        return append(database, held, change -> !isInAFile(change.dot()));
    }

    /** The same, of what lies in files, too. */
    boolean completeAll(SqliteDatabase database, VersionVector held) {
        return append(database, held, change -> true);
    }

    private boolean isInAFile(Dot dot) {
        return segments.keySet().stream()
                .map(SimulatedArchive::parse)
                .anyMatch(file -> file.replica().equals(dot.replica())
                        && file.first() <= dot.sequence()
                        && file.last() >= dot.sequence());
    }

    /** Each change after what its writer had seen. */
    private boolean append(SqliteDatabase database, VersionVector held, Predicate<Change> isWanted) {
        VersionVector has = database.changelog().vector();
        List<Change> ready = new ArrayList<>();
        int before = -1;
        while (before < ready.size()) {
            before = ready.size();
            for (Map.Entry<Dot, Map<Written, Change>> contents : written.entrySet()) {
                Dot dot = contents.getKey();
                Change change = contentOf(contents.getValue());
                if (held.covers(dot)
                        && has.get(dot.replica()) + 1 == dot.sequence()
                        && has.covers(change.context().vector().with(dot.replica(), 0))
                        && isWanted.test(change)) {
                    ready.add(change);
                    has = has.with(dot.replica(), dot.sequence());
                }
            }
        }
        if (!ready.isEmpty()) {
            database.changelog().append(new Batch(ready));
        }
        return !ready.isEmpty();
    }

    /** That which stayed under its number, if any did. */
    private Change contentOf(Map<Written, Change> contents) {
        return contents.values().stream()
                .filter(change -> !issuedAgain.contains(change))
                .findFirst()
                .orElseGet(() -> contents.values().iterator().next());
    }
}
