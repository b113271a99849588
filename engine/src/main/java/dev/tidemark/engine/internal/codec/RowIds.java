package dev.tidemark.engine.internal.codec;

import java.io.IOException;
import java.util.UUID;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Writes row ids as two streams, because the first six bytes of a UUIDv7 are a slowly rising time and the other ten are
 * random and do not compress. Not thread-safe.
 */
public final class RowIds {
    private final MessageBufferPacker heads = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker tails = MessagePack.newDefaultBufferPacker();
    private final byte[] tail = new byte[10];
    private long head;

    /** Adds the next id. */
    public void add(UUID id) throws IOException {
        long most = id.getMostSignificantBits();
        long next = most >>> 16;
        heads.packLong(next - head);
        head = next;
        tail[0] = (byte) (most >>> 8);
        tail[1] = (byte) most;
        for (int index = 0; index < 8; index++) {
            tail[2 + index] = (byte) (id.getLeastSignificantBits() >>> (56 - 8 * index));
        }
        tails.writePayload(tail);
    }

    /** Returns the first six bytes of each id as a number, minus that of the previous id. */
    public MessageBufferPacker heads() {
        return heads;
    }

    /** Returns the last ten bytes of each id, concatenated. */
    public MessageBufferPacker tails() {
        return tails;
    }
}
