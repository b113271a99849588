package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.SnapshotException;
import dev.tidemark.engine.changelog.SnapshotPart;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A snapshot in a storage; its parts are fetched two ahead. Not thread-safe. */
final class StoredSnapshot implements Snapshot {
    private static final int AHEAD = 2;

    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteSnapshots snapshots;
    private final RemoteSnapshots.Listed listed;
    private final List<SnapshotManifest.Part> parts;
    private final Deque<Future<byte[]>> requests = new ArrayDeque<>();
    private int position;

    StoredSnapshot(
            RemoteStorage storage, Transfers transfers, RemoteSnapshots snapshots, RemoteSnapshots.Listed listed) {
        this.storage = storage;
        this.transfers = transfers;
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
    public long clock() {
        return listed.manifest().owner().clock();
    }

    @Override
    public @Nullable SnapshotPart next() {
        if (position == parts.size()) {
            return null;
        }
        while (requests.size() <= AHEAD && position + requests.size() < parts.size()) {
            String name = parts.get(position + requests.size()).name().toString();
            requests.add(transfers.start(() -> storage.get(name)));
        }
        SnapshotManifest.Part part = parts.get(position);
        try {
            SnapshotPart read;
            try {
                read = read(part, Transfers.await(requests.remove()));
            } catch (DamagedFileException first) {
                read = read(part, storage.get(part.name().toString()));
            }
            position++;
            return read;
        } catch (DamagedFileException e) {
            throw unusable(e, Troubles.Kind.QUARANTINED, e.reason());
        } catch (NewerFormatException e) {
            throw unusable(e, Troubles.Kind.NEWER, Problem.FILE_NEWER);
        } catch (ObjectMissingException e) {
            throw unusable(e, Troubles.Kind.VANISHED, Problem.FILE_VANISHED);
        }
    }

    private SnapshotPart read(SnapshotManifest.Part part, byte[] content) {
        return PartFile.read(part.name(), listed.manifest().owner(), content);
    }

    private SnapshotException unusable(RuntimeException cause, Troubles.Kind kind, Problem reason) {
        snapshots.report(listed, kind, reason);
        return new SnapshotException(cause, Problem.SNAPSHOT_UNUSABLE, name(), reason);
    }

    @Override
    public void skip(int count) {
        close();
        position = Math.min(parts.size(), position + count);
    }

    @Override
    public void close() {
        requests.forEach(request -> request.cancel(true));
        requests.clear();
    }
}
