package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.ColumnarReader;
import dev.tidemark.engine.internal.codec.ColumnarWriter;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.Compression.Effort;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.schema.NameDictionary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;

/**
 * Encodes and decodes blocks of {@code tm_log}. A block is a format byte, then the changes. Up to 31 changes are
 * written one by one with {@link ChangeCodec}. They are compressed (format 1) or, if they are short, plain after their
 * CRC-32C (format 3). Earlier versions wrote short blocks without the CRC-32C (format 0). More changes are written by
 * column with {@link ColumnarWriter} and compressed (format 2). Four bytes with the uncompressed length precede
 * compressed bytes. Not thread-safe.
 */
public final class BlockCodec {
    private static final int BLOCK_CHANGES = 1000;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int COMPRESS_FROM = 512;
    private static final byte PLAIN = 0;
    private static final byte COMPRESSED = 1;
    private static final byte COLUMNS = 2;
    private static final byte CHECKED = 3;
    /** From this number of changes on, a block written by column is smaller. */
    private static final int COLUMNS_FROM = 32;

    /**
     * A block before compression.
     *
     * @param rows the changes as {@link ChangeCodec} writes them; {@code null} if {@link #compress} must write them by
     *     column
     */
    @SuppressWarnings("ArrayRecordComponent") // built for one statement, never compared
    public record Packed(List<Change> changes, byte @Nullable [] rows) {
        public int count() {
            return changes.size();
        }

        /** Returns the encoded block, compressed fast. Thread-safe. */
        public byte[] compress() {
            return BlockCodec.compress(this, Effort.FAST);
        }

        /** Returns the encoded block, compressed slower and smaller. Thread-safe. */
        public byte[] compressTightly() {
            return BlockCodec.compress(this, Effort.TIGHT);
        }
    }

    /** An encoded block. */
    @SuppressWarnings("ArrayRecordComponent") // built for one statement, never compared
    public record Body(int count, byte[] bytes) {}

    private final NameDictionary names;
    // Reused for all blocks, because they are expensive to create.
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(new byte[0]);

    public BlockCodec(NameDictionary names) {
        this.names = names;
    }

    /** Encodes as many of the first changes of the run as fit into one block. */
    public Body encode(List<Change> run) {
        Packed packed = pack(run);
        return new Body(packed.count(), compress(packed, Effort.FAST));
    }

    /** Prepares a block of as many of the first changes of the run as fit. The caller compresses the block. */
    public Packed pack(List<Change> run) {
        int count = 0;
        for (long bytes = 0; count < run.size() && count < BLOCK_CHANGES && bytes < BLOCK_BYTES; count++) {
            bytes += ChangeSize.of(run.get(count));
        }
        List<Change> changes = run.subList(0, count);
        try {
            // ColumnarWriter does not use this database's dictionary, so it may run on another thread later.
            return new Packed(changes, count >= COLUMNS_FROM ? null : inRows(changes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] inColumns(List<Change> changes) {
        ColumnarWriter writer = new ColumnarWriter();
        try {
            for (Change change : changes) {
                writer.add(change);
            }
            return writer.toBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] inRows(List<Change> changes) throws IOException {
        Change first = changes.getFirst();
        ChangeCodec codec =
                new ChangeCodec(names, first.dot().replica(), first.dot().sequence());
        packer.clear();
        for (Change change : changes) {
            codec.write(packer, change);
        }
        return packer.toByteArray();
    }

    /** Decodes the changes of a block. */
    public List<Change> decode(long id, long last, byte[] body) {
        long first = BlockId.first(id);
        ReplicaId replica = names.replicaId(BlockId.replica(id));
        List<Change> changes = new ArrayList<>((int) (last - first + 1));
        try {
            if (body[0] == COLUMNS) {
                ColumnarReader reader = ColumnarReader.read(plain(body), MessagePack.DEFAULT_UNPACKER_CONFIG);
                for (long sequence = first; sequence <= last; sequence++) {
                    changes.add(reader.next(new Dot(replica, sequence)));
                }
                reader.requireEnd();
            } else {
                ChangeCodec codec = new ChangeCodec(names, replica, first);
                unpacker.reset(new ArrayBufferInput(plain(body)));
                for (long sequence = first; sequence <= last; sequence++) {
                    changes.add(codec.read(unpacker));
                }
                if (unpacker.hasNext()) {
                    throw new FormatException("a block of the changelog has more changes than its number says");
                }
            }
            return changes;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new FormatException("a block of the changelog has no sound beginning", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagePackException | IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("a block of the changelog cannot be read", e);
        }
    }

    private static byte[] compress(Packed packed, Effort effort) {
        byte[] rows = packed.rows();
        byte[] plain = rows == null ? inColumns(packed.changes()) : rows;
        if (rows != null && plain.length < COMPRESS_FROM) {
            return ByteBuffer.allocate(1 + Integer.BYTES + plain.length)
                    .put(CHECKED)
                    .putInt(checksum(plain))
                    .put(plain)
                    .array();
        }
        byte[] compressed = Compression.compress(plain, effort);
        return ByteBuffer.allocate(1 + Integer.BYTES + compressed.length)
                .put(rows == null ? COLUMNS : COMPRESSED)
                .putInt(plain.length)
                .put(compressed)
                .array();
    }

    private static byte[] plain(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte format = in.get();
        if (format == PLAIN) {
            return Arrays.copyOfRange(body, 1, body.length);
        }
        if (format == CHECKED) {
            int checksum = in.getInt();
            byte[] plain = Arrays.copyOfRange(body, in.position(), body.length);
            if (checksum(plain) != checksum) {
                throw new FormatException("a block of the changelog does not have its checksum");
            }
            return plain;
        }
        if (format != COMPRESSED && format != COLUMNS) {
            throw new FormatException("a block of the changelog has the unknown format " + format);
        }
        int length = in.getInt();
        return Compression.decompress(in, length);
    }

    private static int checksum(byte[] plain) {
        CRC32C crc = new CRC32C();
        crc.update(plain, 0, plain.length);
        return (int) crc.getValue();
    }
}
