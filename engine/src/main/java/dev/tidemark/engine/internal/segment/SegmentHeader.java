package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * The header of a segment.
 *
 * @param library the library that it belongs to
 * @param epoch the library's epoch when it was written
 * @param replica the replica that made the changes
 * @param first the sequence number of the first change
 * @param last the sequence number of the last change
 * @param previous the hash in the name of the replica's segment that its writer uploaded before it; null if it is the
 *     first
 * @param through the hash that the following segment has as {@code previous}, if this segment was joined from others:
 *     the {@code through} of the last of them, or its hash if it has none; null for other segments
 */
public record SegmentHeader(
        UUID library,
        int epoch,
        ReplicaId replica,
        long first,
        long last,
        @Nullable String previous,
        @Nullable String through) {
    private static final int FIELDS = 8;
    private static final int HASH_BYTES = 16;

    /** @param bodyLength the length of the body before it was compressed */
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
            packHash(packer, "previous", previous);
            packHash(packer, "through", through);
            packer.packString("length").packLong(bodyLength);
            return packer.toByteArray();
        }
    }

    private static void packHash(MessageBufferPacker packer, String key, @Nullable String hash) throws IOException {
        if (hash == null) {
            packer.packString(key).packNil();
        } else {
            packBytes(packer, key, HexFormat.of().parseHex(hash));
        }
    }

    private static void packBytes(MessageBufferPacker packer, String key, byte[] bytes) throws IOException {
        packer.packString(key).packBinaryHeader(bytes.length).writePayload(bytes);
    }

    private static @Nullable String hash(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    /** A header with the length of the body that follows. */
    record Decoded(SegmentHeader header, long bodyLength) {}

    /**
     * @param length its length in bytes
     * @throws FormatException if this is not the header of a segment
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
                hash(fields.bytesOrNull("previous", HASH_BYTES)),
                hash(fields.bytesOrNull("through", HASH_BYTES)));
        if (header.first < 1 || header.last < header.first || header.epoch < 1) {
            throw new FormatException("it claims the range from " + header.first + " to " + header.last);
        }
        return new Decoded(header, fields.number("length"));
    }
}
