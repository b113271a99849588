package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.log.CausalDelivery;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores each change as an object, with one request at a time. It is a simple reference for {@link SegmentChangelog},
 * which reads the same objects because each is a segment of one change. Ignores segments of several changes.
 * Thread-safe, as long as one thread appends at a time.
 */
public final class BasicStorageChangelog implements Changelog {
    private final RemoteStorage storage;
    private final SegmentEncoder encoder;
    private @Nullable Map<ReplicaId, Map<Long, SegmentName>> index;

    private BasicStorageChangelog(RemoteStorage storage, SegmentEncoder encoder) {
        this.storage = storage;
        this.encoder = encoder;
    }

    /** The changelog of a library in epoch 1. */
    public static BasicStorageChangelog of(RemoteStorage storage, UUID library) {
        return new BasicStorageChangelog(storage, new SegmentEncoder(library, 1));
    }

    @Override
    public synchronized VersionVector vector() {
        index = listed();
        return held(index());
    }

    @Override
    public VersionVector floor() {
        return VersionVector.EMPTY;
    }

    private synchronized Map<ReplicaId, Map<Long, SegmentName>> index() {
        Map<ReplicaId, Map<Long, SegmentName>> known = index == null ? listed() : index;
        index = known;
        return known;
    }

    private Map<ReplicaId, Map<Long, SegmentName>> listed() {
        Map<ReplicaId, Map<Long, SegmentName>> found = new HashMap<>();
        for (StoredObject object : storage.list(SegmentName.FOLDER, null)) {
            SegmentName.parse(object.name())
                    .filter(name -> name.count() == 1)
                    .ifPresent(name -> of(found, name.replica()).put(name.first(), name));
        }
        return found;
    }

    private static Map<Long, SegmentName> of(Map<ReplicaId, Map<Long, SegmentName>> known, ReplicaId replica) {
        return known.computeIfAbsent(replica, each -> new HashMap<>());
    }

    private static VersionVector held(Map<ReplicaId, Map<Long, SegmentName>> known) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        known.forEach((replica, names) -> {
            long head = 0;
            while (names.containsKey(head + 1)) {
                head++;
            }
            heads.put(replica, head);
        });
        return VersionVector.of(heads);
    }

    @Override
    public synchronized Changelog.AppendResult append(Batch batch) {
        Map<ReplicaId, Map<Long, SegmentName>> known = index();
        List<Change> unseen = SegmentChangelog.missing(batch, held(known));
        for (Change change : unseen) {
            Map<Long, SegmentName> own = of(known, change.dot().replica());
            SegmentName previous = own.get(change.dot().sequence() - 1);
            SegmentEncoder.Encoded one = encoder.encode(
                    List.of(change),
                    previous == null ? ChainDigest.start(change.dot().replica()) : previous.chain());
            storage.put(one.name().toString(), one.content());
            own.put(change.dot().sequence(), one.name());
        }
        return new Changelog.AppendResult(unseen.size(), 0, Map.of());
    }

    @Override
    public Batch.Reader read(VersionVector after, Batch.Limit limit) {
        List<Stream> streams = new ArrayList<>();
        held(index()).heads().forEach((replica, head) -> streams.add(new Stream(replica, after.get(replica), head)));
        return new CausalReader(after, limit, streams);
    }

    /** The changes of one replica. {@link #peek} downloads the next one. */
    private final class Stream {
        private final ReplicaId replica;
        private final long last;
        private long position;
        private @Nullable Change next;

        Stream(ReplicaId replica, long after, long last) {
            this.replica = replica;
            this.position = after;
            this.last = last;
        }

        @Nullable
        Change peek() {
            if (next == null && position < last) {
                SegmentName name = Objects.requireNonNull(of(index(), replica).get(position + 1));
                next = SegmentReader.open(name, storage.get(name.toString(), SegmentReader.mostBytes(name)))
                        .next();
            }
            return next;
        }

        void advance() {
            position++;
            next = null;
        }
    }

    /** Delivers changes in the order of their HLC timestamps, but no change before its dependencies. */
    private static final class CausalReader implements Batch.Reader {
        private final Batch.Limit limit;
        private final List<Stream> streams;
        private final CausalDelivery order;

        CausalReader(VersionVector after, Batch.Limit limit, List<Stream> streams) {
            this.limit = limit;
            this.streams = streams;
            this.order = new CausalDelivery(after);
        }

        @Override
        public @Nullable Batch next() {
            List<Change> changes = new ArrayList<>();
            long bytes = 0;
            for (Stream stream = earliest(); stream != null; stream = earliest()) {
                Change change = Objects.requireNonNull(stream.peek());
                bytes += ChangeSize.of(change);
                if (!changes.isEmpty() && (bytes > limit.bytes() || changes.size() == limit.changes())) {
                    break;
                }
                changes.add(change);
                order.deliver(change.dot());
                stream.advance();
            }
            return changes.isEmpty() ? null : new Batch(changes);
        }

        private @Nullable Stream earliest() {
            Stream best = null;
            Change earliest = null;
            for (Stream stream : streams) {
                Change change = stream.peek();
                boolean sooner = change != null
                        && order.isDeliverable(change)
                        && (earliest == null || change.timestamp().compareTo(earliest.timestamp()) < 0);
                if (sooner) {
                    best = stream;
                    earliest = change;
                }
            }
            return best;
        }

        @Override
        public void close() {
            // This reader downloads nothing in advance, so there is nothing to release.
        }
    }
}
