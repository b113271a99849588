package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * The header of a segment.
 *
 * @param library the library that the segment belongs to
 * @param epoch the library's epoch when the segment was written
 * @param replica the replica that made the changes
 * @param first the sequence number of the first change
 * @param last the sequence number of the last change
 * @param before the chain hash before the first change
 * @param after the chain hash at the last change. The name of the file contains it, too
 * @param erased the number of erased changes. The name of the file contains it, too
 */
public record SegmentHeader(
        UUID library,
        int epoch,
        ReplicaId replica,
        long first,
        long last,
        ChainHash before,
        ChainHash after,
        long erased) {
    private static final int FIELDS = 9;

    /** @param bodyLength the length of the body in bytes before compression */
    byte[] encode(long bodyLength) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packMapHeader(FIELDS);
            packBytes(packer, "library", ChangeCodec.bytesOf(library));
            packer.packString("epoch").packInt(epoch);
            packBytes(
                    packer,
                    "replica",
                    ByteBuffer.allocate(Long.BYTES).putLong(replica.value()).array());
            packer.packString("first").packLong(first);
            packer.packString("last").packLong(last);
            packBytes(packer, "before", before.toBytes());
            packBytes(packer, "after", after.toBytes());
            packer.packString("erased").packLong(erased);
            packer.packString("length").packLong(bodyLength);
            return packer.toByteArray();
        }
    }

    private static void packBytes(MessageBufferPacker packer, String key, byte[] bytes) throws IOException {
        packer.packString(key).packBinaryHeader(bytes.length).writePayload(bytes);
    }

    /** A header, and the length of the body in bytes before compression. */
    record Decoded(SegmentHeader header, long bodyLength) {}

    /**
     * @param length the header's length in bytes
     * @throws FormatException if the bytes are not the header of a segment
     */
    static Decoded decode(MessageUnpacker unpacker, int length) throws IOException {
        HeaderFields fields = HeaderFields.read(unpacker, length);
        byte[] replica = fields.bytes("replica", Long.BYTES);
        SegmentHeader header = new SegmentHeader(
                ChangeCodec.idOf(fields.bytes("library", 16)),
                Math.toIntExact(fields.number("epoch")),
                new ReplicaId(ByteBuffer.wrap(replica).getLong()),
                fields.number("first"),
                fields.number("last"),
                ChainHash.of(fields.bytes("before", ChainHash.BYTES)),
                ChainHash.of(fields.bytes("after", ChainHash.BYTES)),
                fields.number("erased"));
        if (header.first < 1 || header.last < header.first || header.epoch < 1) {
            throw new FormatException("it claims the range from " + header.first + " to " + header.last);
        }
        if (header.first == 1 && !header.before.equals(ChainDigest.start(header.replica))) {
            throw new FormatException("its chain does not start at the first change");
        }
        return new Decoded(header, fields.number("length"));
    }

    /** Returns the name of the file with this header and this hash. */
    SegmentName name(String hash) {
        return new SegmentName(replica, first, last, after, hash, erased);
    }
}
