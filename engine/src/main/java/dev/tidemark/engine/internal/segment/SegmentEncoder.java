package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ColumnarWriter;
import dev.tidemark.engine.internal.codec.Compression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** Encodes consecutive changes of one replica as segments. Equal changes give equal bytes. Thread-safe. */
public final class SegmentEncoder {
    private final UUID library;
    private final int epoch;

    public SegmentEncoder(UUID library, int epoch) {
        this.library = library;
        this.epoch = epoch;
    }

    /**
     * A segment, ready to be stored.
     *
     * @param name the file's name
     * @param header the file's header
     * @param content the file's bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; made once, stored once
    public record Encoded(SegmentName name, SegmentHeader header, byte[] content) {}

    /** @param changes consecutive changes of one replica, beginning with its first change; at least one */
    public Encoded encode(List<Change> changes) {
        return encode(changes, ChainDigest.start(changes.getFirst().dot().replica()));
    }

    /**
     * @param changes consecutive changes of one replica, at least one
     * @param before the chain hash before the first of these changes
     */
    public Encoded encode(List<Change> changes, ChainHash before) {
        ReplicaId replica = changes.getFirst().dot().replica();
        long first = changes.getFirst().dot().sequence();
        long last = changes.getLast().dot().sequence();
        try {
            ColumnarWriter columns = new ColumnarWriter();
            ChainDigest digest = new ChainDigest();
            ChainHash chain = before;
            long expected = first;
            long erased = 0;
            for (Change change : changes) {
                if (!change.dot().replica().equals(replica) || change.dot().sequence() != expected) {
                    throw new IllegalArgumentException(
                            "Change " + change.dot() + " is not number " + expected + " of " + replica);
                }
                expected++;
                columns.add(change);
                chain = digest.next(chain, change);
                erased += change.kind() == Change.Kind.ERASED ? 1 : 0;
            }
            SegmentHeader header = new SegmentHeader(library, epoch, replica, first, last, before, chain, erased);
            byte[] body = columns.toBytes();
            byte[] content = FileFrame.wrap(
                    FileFrame.KIND_SEGMENT,
                    header.encode(body.length),
                    Compression.compress(body, Compression.Effort.NORMAL));
            return new Encoded(header.name(FileFrame.hashOf(content)), header, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }
}
