package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Copies a library between two storages, in an order that is safe to interrupt. It copies the library file first, so
 * that a later run recognises an interrupted copy. It copies parts of snapshots before their manifests. It copies
 * device records last, because a record promises that the files uploaded before it exist.
 */
public final class LibraryCopier {
    private static final List<String> ORDER =
            List.of("library/", "keys/", "blobs/", "base/", "log/", "snapshots/", "retired/", "devices/");

    /** The maximal number of bytes in memory at one time. */
    private static final long IN_FLIGHT = 64 << 20;

    /** The size in bytes above which objects are copied through a file, so that they are never in memory as a whole. */
    private static final long LARGE = 16 << 20;

    /** The maximal number of rounds. Each round copies the files that devices uploaded during the previous one. */
    private static final int ROUNDS = 3;

    private final RemoteStorage from;
    private final RemoteStorage to;
    private final Path workspace;
    private final Consumer<Counts> progress;
    private final Transfers transfers = new Transfers();
    private final Set<StoredObject> done = new HashSet<>();
    private long bytes;
    private long copied;
    private long copiedBytes;

    /**
     * Totals of a copy.
     *
     * @param objects the number of objects copied so far, by this or an earlier run
     * @param bytes the sum of their lengths
     * @param copied the number of objects that this run copied
     * @param copiedBytes the sum of their lengths
     */
    public record Counts(long objects, long bytes, long copied, long copiedBytes) {}

    private record Moving(StoredObject object, Future<Boolean> end) {
        long inMemory() {
            return Math.min(object.size(), LARGE);
        }
    }

    /**
     * @param workspace a folder for temporary copies of large objects
     * @param progress receives the totals after each copied object
     */
    public LibraryCopier(RemoteStorage from, RemoteStorage to, Path workspace, Consumer<Counts> progress) {
        this.from = from;
        this.to = to;
        this.workspace = workspace;
        this.progress = progress;
    }

    /**
     * Copies until the target has every object that was listed before the last round.
     *
     * @throws SyncException if the storages are the same or have different libraries, or if objects are still missing
     */
    public Counts run() {
        if (from.description().equals(to.description())) {
            throw new SyncException(Problem.SYNC_COPY_SAME_PLACE, from.description());
        }
        List<StoredObject> missing = missing();
        for (int round = 0; round < ROUNDS && !missing.isEmpty(); round++) {
            copy(missing);
            List<StoredObject> left = missing();
            if (round == ROUNDS - 1) {
                requireNone(
                        left.stream().filter(new HashSet<>(missing)::contains).count());
            }
            missing = left;
        }
        return state();
    }

    private List<StoredObject> missing() {
        List<StoredObject> source = listed(from);
        List<StoredObject> target = listed(to);
        requireSameLibrary(source, target);
        Set<StoredObject> present = new HashSet<>(target);
        source.stream().filter(present::contains).forEach(object -> note(object, false));
        return source.stream().filter(object -> !present.contains(object)).toList();
    }

    private void requireNone(long left) {
        if (left > 0) {
            throw new SyncException(Problem.SYNC_COPY_INCOMPLETE, left, to.description());
        }
    }

    private static List<StoredObject> listed(RemoteStorage storage) {
        return storage.list(RemoteNames.ROOT, null).stream()
                .sorted(Comparator.comparingInt((StoredObject object) -> order(object.name()))
                        .thenComparing(StoredObject::name))
                .toList();
    }

    private static int order(String name) {
        for (int index = 0; index < ORDER.size(); index++) {
            if (name.startsWith(ORDER.get(index), RemoteNames.ROOT.length())) {
                return index;
            }
        }
        return ORDER.size();
    }

    private void requireSameLibrary(List<StoredObject> source, List<StoredObject> target) {
        Set<String> here = libraries(source);
        if (here.isEmpty()) {
            throw new SyncException(Problem.SYNC_COPY_NOTHING, from.description());
        }
        boolean isOfAnother = !here.containsAll(libraries(target));
        boolean isUnnamed = !target.isEmpty() && libraries(target).isEmpty();
        if (isOfAnother || isUnnamed) {
            throw new SyncException(Problem.SYNC_COPY_MIXES, to.description());
        }
    }

    private static Set<String> libraries(List<StoredObject> objects) {
        return objects.stream()
                .map(StoredObject::name)
                .filter(name -> name.startsWith(RemoteNames.ROOT + ORDER.getFirst()))
                .collect(Collectors.toSet());
    }

    /** Copies one kind of objects after the other, and the objects of a kind in parallel. */
    private void copy(List<StoredObject> missing) {
        Deque<Moving> moving = new ArrayDeque<>();
        long inFlight = 0;
        int kind = -1;
        for (StoredObject object : missing) {
            boolean nextKind = order(object.name()) != kind;
            kind = order(object.name());
            while (!moving.isEmpty() && (nextKind || inFlight + Math.min(object.size(), LARGE) > IN_FLIGHT)) {
                inFlight -= finish(moving.remove());
            }
            Moving next = new Moving(object, transfers.start(() -> move(object)));
            moving.add(next);
            inFlight += next.inMemory();
        }
        while (!moving.isEmpty()) {
            finish(moving.remove());
        }
    }

    /** Copies one object. Returns false if the object was removed meanwhile. The next round lists its replacement. */
    private boolean move(StoredObject object) {
        if (object.size() > LARGE) {
            return moveThroughFile(object.name());
        }
        byte[] content;
        try {
            content = from.get(object.name(), object.size());
        } catch (StorageException.ObjectMissingException e) {
            return false;
        }
        to.put(object.name(), content);
        return true;
    }

    private boolean moveThroughFile(String name) {
        try (TemporaryFolder place =
                new TemporaryFolder(Files.createTempDirectory(OwnerOnlyFiles.createFolders(workspace), "copy-"))) {
            Path file = place.folder.resolve("content");
            try {
                from.download(name, file, Files.createDirectory(place.folder.resolve("from")), bytes -> {});
            } catch (StorageException.ObjectMissingException e) {
                return false;
            }
            to.upload(name, file, Files.createDirectory(place.folder.resolve("to")), bytes -> {});
            return true;
        } catch (IOException e) {
            throw LargeFiles.notWritten(workspace, e);
        }
    }

    private record TemporaryFolder(Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            BlobStore.removeAll(folder);
        }
    }

    private long finish(Moving moving) {
        if (Transfers.await(moving.end)) {
            note(moving.object, true);
            progress.accept(state());
        }
        return moving.inMemory();
    }

    private void note(StoredObject object, boolean moved) {
        if (!done.add(object)) {
            return;
        }
        bytes += object.size();
        if (moved) {
            copied++;
            copiedBytes += object.size();
        }
    }

    private Counts state() {
        return new Counts(done.size(), bytes, copied, copiedBytes);
    }
}
