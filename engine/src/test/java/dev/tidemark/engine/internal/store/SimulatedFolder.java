package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A storage in memory that records the writes in each segment that it has or had, except in encrypted files. */
final class SimulatedFolder extends ForwardingStorage {
    private final String description;
    private final Map<String, Set<SimulatedWrite>> segments = new TreeMap<>();
    private final Set<SimulatedWrite> removed = new HashSet<>();
    private int segmentsEver;
    private int snapshotsEver;

    SimulatedFolder(String description) {
        super(new MemoryStorage());
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void put(String name, byte[] content) {
        super.put(name, content);
        Set<SimulatedWrite> writes = writesIn(name, content);
        if (!writes.isEmpty()) {
            segmentsEver++;
        }
        forget(name);
        segments.put(name, writes);
        snapshotsEver += name.startsWith("v1/snapshots/") ? 1 : 0;
    }

    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        put(name, LargeFiles.read(file));
    }

    @Override
    public void delete(String name) {
        super.delete(name);
        forget(name);
    }

    private void forget(String name) {
        Set<SimulatedWrite> before = segments.remove(name);
        if (before != null) {
            removed.addAll(before);
        }
    }

    private static Set<SimulatedWrite> writesIn(String name, byte[] content) {
        Set<SimulatedWrite> writes = new HashSet<>();
        Optional<SegmentName> segment = SegmentName.parse(name);
        if (segment.isPresent()) {
            try {
                SegmentReader reader = SegmentReader.open(segment.get(), content);
                for (Change change = reader.next(); change != null; change = reader.next()) {
                    writes.add(SimulatedWrite.of(change));
                }
            } catch (DamagedFileException e) {
                // Nobody can read it, so it holds no copy of anything.
                return Set.of();
            }
        }
        return writes;
    }

    boolean has(String name) {
        return segments.containsKey(name);
    }

    Set<String> names() {
        return segments.keySet();
    }

    boolean holds(SimulatedWrite write) {
        return segments.values().stream().anyMatch(writes -> writes.contains(write));
    }

    /** The writes of files that went since the last call. */
    Set<SimulatedWrite> takeRemoved() {
        Set<SimulatedWrite> taken = Set.copyOf(removed);
        removed.clear();
        return taken;
    }

    int segmentsEver() {
        return segmentsEver;
    }

    int snapshotsEver() {
        return snapshotsEver;
    }

    SimulatedFolder copy() {
        SimulatedFolder copy = new SimulatedFolder(description);
        names().forEach(name -> copy.put(name, get(name)));
        return copy;
    }
}
