package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot in a storage. Downloads two parts in advance. Not thread-safe. */
final class StoredSnapshot implements Snapshot {
    private static final int AHEAD = 2;

    private final RemoteFiles files;
    private final RemoteSnapshots snapshots;
    private final RemoteSnapshots.Listed listed;
    private final List<SnapshotManifest.Part> parts;
    private final Deque<Future<byte[]>> requests = new ArrayDeque<>();
    private int position;

    StoredSnapshot(
            RemoteStorage storage, Transfers transfers, RemoteSnapshots snapshots, RemoteSnapshots.Listed listed) {
        this.files = new RemoteFiles(storage, transfers, snapshots.fileErrors());
        this.snapshots = snapshots;
        this.listed = listed;
        this.parts = listed.manifest().parts();
    }

    @Override
    public String name() {
        return listed.name().toString();
    }

    @Override
    public VersionVector vector() {
        return listed.manifest().vector();
    }

    @Override
    public Map<ReplicaId, ChainHash> chains() {
        return listed.manifest().chains();
    }

    @Override
    public long clock() {
        return listed.manifest().owner().clock();
    }

    @Override
    public Snapshot.@Nullable Part next() {
        if (position == parts.size()) {
            return null;
        }
        while (requests.size() <= AHEAD && position + requests.size() < parts.size()) {
            SnapshotManifest.Part next = parts.get(position + requests.size());
            requests.add(files.start(next.name().toString(), next.size()));
        }
        SnapshotManifest.Part part = parts.get(position);
        try {
            Snapshot.Part read = files.openWithRetry(
                    part.name().toString(),
                    part.size(),
                    requests.remove(),
                    content -> PartFile.read(part.name(), listed.manifest().owner(), content));
            position++;
            return read;
        } catch (TidemarkException e) {
            FileError error = FileError.of(e);
            snapshots.report(listed, error.kind(), error.reason());
            throw new Snapshot.UnusableException(e, Problem.SNAPSHOT_UNUSABLE, name(), error.reason());
        }
    }

    @Override
    public void skip(int count) {
        close();
        position = Math.min(parts.size(), position + count);
    }

    @Override
    public void reject(Problem reason) {
        snapshots.report(listed, FileErrorRegistry.Kind.REJECTED, reason);
    }

    @Override
    public void applied() {
        snapshots.markFullyRead(listed);
    }

    @Override
    public void close() {
        requests.forEach(request -> request.cancel(true));
        requests.clear();
    }
}
