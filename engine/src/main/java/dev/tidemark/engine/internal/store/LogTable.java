package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Context;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.sql.Statements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * The table {@code tm_log}: each replica's changes in blocks of consecutive ones, through one connection. Not thread-safe.
 *
 * <p>A block's body is a byte that says whether it is deflated (1, then the length as 4 bytes) or plain (0), and the run
 * as {@link ChangeCodec} writes it.
 */
final class LogTable implements CellMerge.Contexts {
    private static final int SEQUENCE_BITS = 40;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final int BLOCK_CHANGES = 1000;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int DEFLATE_FROM = 512;
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;

    private final Statements statements;
    private final Names names;

    LogTable(Statements statements, Names names) {
        this.statements = statements;
        this.names = names;
    }

    /** Appends consecutive changes of one replica. */
    void append(List<Change> run) throws SQLException {
        for (int start = 0; start < run.size(); ) {
            start += appendBlock(run.subList(start, run.size()));
        }
    }

    private int appendBlock(List<Change> run) throws SQLException {
        Change first = run.getFirst();
        ChangeCodec codec =
                new ChangeCodec(names, first.dot().replica(), first.dot().sequence());
        int count = 0;
        byte[] plain;
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            while (count < run.size() && count < BLOCK_CHANGES && packer.getTotalWrittenBytes() < BLOCK_BYTES) {
                codec.write(packer, run.get(count++));
            }
            plain = packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        statements.update(
                "INSERT INTO tm_log(id, last, body) VALUES (?, ?, ?)",
                id(names.replica(first.dot().replica()), first.dot().sequence()),
                run.get(count - 1).dot().sequence(),
                body(plain));
        return count;
    }

    private static byte[] body(byte[] plain) {
        if (plain.length < DEFLATE_FROM) {
            return ByteBuffer.allocate(1 + plain.length).put(PLAIN).put(plain).array();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        out.write(DEFLATED);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(plain.length).array());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] buffer = new byte[16 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static byte[] plain(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        if (in.get() == PLAIN) {
            return java.util.Arrays.copyOfRange(body, 1, body.length);
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

    /** A good thousand of a replica's changes from this number on, or what there is; empty if there are none. */
    List<Change> readFrom(int replica, long sequence) throws SQLException {
        // The block that holds the number is the last one that begins at or before it.
        PreparedStatement blocks =
                statements.bound("""
                    SELECT id, last, body FROM tm_log
                    WHERE id >= coalesce((SELECT max(id) FROM tm_log WHERE id <= ?1 AND id >= ?2), ?1) AND id < ?3
                      AND last >= ?4
                    ORDER BY id\
                    """, id(replica, sequence), id(replica, 0), id(replica + 1, 0), sequence);
        List<Change> changes = new ArrayList<>();
        try (ResultSet rows = blocks.executeQuery()) {
            while (changes.size() < BLOCK_CHANGES && rows.next()) {
                for (Change change : decode(replica, rows.getLong(1), rows.getLong(2), rows.getBytes(3))) {
                    if (change.dot().sequence() >= sequence) {
                        changes.add(change);
                    }
                }
            }
        }
        return changes;
    }

    private List<Change> decode(int replica, long id, long last, byte[] body) {
        long first = id & SEQUENCE_MASK;
        ChangeCodec codec = new ChangeCodec(names, names.replicaId(replica), first);
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(plain(body))) {
            List<Change> changes = new ArrayList<>();
            for (long sequence = first; sequence <= last; sequence++) {
                changes.add(codec.read(unpacker));
            }
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The change with this number; {@code null} if it is not listed (any more). */
    @Nullable
    Change find(int replica, long sequence) throws SQLException {
        return statements.first(
                "SELECT id, last, body FROM tm_log WHERE id <= ? AND id > ? AND last >= ? ORDER BY id DESC LIMIT 1",
                row -> {
                    long first = row.getLong(1) & SEQUENCE_MASK;
                    List<Change> block = decode(replica, row.getLong(1), row.getLong(2), row.getBytes(3));
                    return block.get((int) (sequence - first));
                },
                id(replica, sequence),
                id(replica, 0),
                sequence);
    }

    @Override
    public byte @Nullable [] packedContextOf(int replica, long sequence) throws SQLException {
        Change change = find(replica, sequence);
        return change == null ? null : packed(change.context());
    }

    private byte[] packed(Context context) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            ChangeCodec.writeContext(packer, context, names);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long id(int replica, long sequence) {
        if (sequence >= 1L << SEQUENCE_BITS) {
            throw new TransactionException("This device has made more changes than the changelog can number.");
        }
        return ((long) replica << SEQUENCE_BITS) | sequence;
    }
}
