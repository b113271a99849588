package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.schema.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;

/**
 * The body of a block: a byte that says whether it is deflated (1, then the length as 4 bytes) or plain (0), and the run of
 * changes as {@link ChangeCodec} writes it. Not thread-safe.
 */
public final class BlockCodec {
    private static final int BLOCK_CHANGES = 1000;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int DEFLATE_FROM = 512;
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;

    /**
     * One block, not compressed yet.
     *
     * @param count how many changes are in it
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one statement, and never compared
    public record Packed(int count, byte[] bytes) {
        /** The block's body; may be called on any thread. */
        public byte[] squeezed() {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try {
                return BlockCodec.squeezed(bytes, deflater);
            } finally {
                deflater.end();
            }
        }
    }

    /**
     * One block's body.
     *
     * @param count how many changes are in it
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one statement, and never compared
    public record Body(int count, byte[] bytes) {}

    private final Names names;
    // Buffers and the compressor are dear to make, so they serve one block after the other. What the compressor holds
    // outside of the heap goes when it is collected.
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(new byte[0]);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    /** @param names the dictionary of the database that the blocks are in */
    public BlockCodec(Names names) {
        this.names = names;
    }

    /** The body of a block with as many of these changes, from the first on, as fit a block. */
    public Body encode(List<Change> run) {
        Packed packed = pack(run);
        return new Body(packed.count(), squeezed(packed.bytes(), deflater));
    }

    /** A block with as many of these changes, from the first on, as fit; to be compressed. */
    public Packed pack(List<Change> run) {
        Change first = run.getFirst();
        ChangeCodec codec =
                new ChangeCodec(names, first.dot().replica(), first.dot().sequence());
        try {
            packer.clear();
            long full = packer.getTotalWrittenBytes() + BLOCK_BYTES;
            int count = 0;
            while (count < run.size() && count < BLOCK_CHANGES && packer.getTotalWrittenBytes() < full) {
                codec.write(packer, run.get(count++));
            }
            return new Packed(count, packer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The changes of a block.
     *
     * @param id its key, see {@link BlockId}
     * @param last the sequence number of its last change
     * @throws FormatException if the bytes are no such block
     */
    public List<Change> decode(long id, long last, byte[] body) {
        long first = BlockId.first(id);
        ChangeCodec codec = new ChangeCodec(names, names.replicaId(BlockId.replica(id)), first);
        try {
            unpacker.reset(new ArrayBufferInput(plain(body)));
            List<Change> changes = new ArrayList<>();
            for (long sequence = first; sequence <= last; sequence++) {
                changes.add(codec.read(unpacker));
            }
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] squeezed(byte[] plain, Deflater deflater) {
        if (plain.length < DEFLATE_FROM) {
            return ByteBuffer.allocate(1 + plain.length).put(PLAIN).put(plain).array();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        out.write(DEFLATED);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(plain.length).array());
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        byte[] buffer = new byte[16 << 10];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        return out.toByteArray();
    }

    private static byte[] plain(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        if (in.get() == PLAIN) {
            return Arrays.copyOfRange(body, 1, body.length);
        }
        byte[] plain = new byte[in.getInt()];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in);
            int length = 0;
            while (length < plain.length) {
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0) {
                    throw new FormatException("A block of the changelog ends early");
                }
                length += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new FormatException("A block of the changelog cannot be inflated", e);
        } finally {
            inflater.end();
        }
    }
}
