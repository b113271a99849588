package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Reads the blocks of {@code tm_log} by replica and sequence number, through one connection. Not thread-safe. */
public final class LogReader implements CellMerge.Contexts {
    /** As many changes as one call of {@link #readFrom} gathers before it stops at the end of a block. */
    private static final int ENOUGH = 1000;

    /** Nor does it go on after a block with which it has gathered so much: a sync's memory must not grow with its data. */
    private static final long ENOUGH_BYTES = 2 << 20;

    /** A block has a quarter of a MiB before compression. */
    private static final int CACHE_BLOCKS = 4;

    private final Statements statements;
    private final NameDictionary names;
    private final BlockCodec codec;
    private final Map<Block, List<Change>> cache;
    private int decoded;

    /** Which block; laying blocks together gives others. */
    private record Block(long id, long last) {}

    public LogReader(Statements statements, NameDictionary names) {
        this(statements, names, 0);
    }

    private LogReader(Statements statements, NameDictionary names, int memory) {
        this.statements = statements;
        this.names = names;
        this.codec = new BlockCodec(names);
        this.cache = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Block, List<Change>> eldest) {
                return size() > memory;
            }
        };
    }

    /** One that keeps the last few blocks in memory, and must not outlive the transaction. */
    static LogReader caching(Statements statements, NameDictionary names) {
        return new LogReader(statements, names, CACHE_BLOCKS);
    }

    /** How many blocks it has decoded. */
    int decodedBlocks() {
        return decoded;
    }

    /**
     * A replica's changes from this number on: a good thousand, or fewer that take a few megabytes, or what there is; empty
     * if there are none.
     */
    public List<Change> readFrom(int replica, long sequence) throws SQLException {
        List<Change> changes = new ArrayList<>();
        long[] bytes = new long[1];
        readWhile(
                () -> changes.size() < ENOUGH && bytes[0] < ENOUGH_BYTES,
                replica,
                sequence,
                BlockId.LAST_SEQUENCE,
                change -> {
                    changes.add(change);
                    bytes[0] += ChangeSize.of(change);
                });
        return changes;
    }

    /** Hands over a replica's changes from one number to another, as far as they are listed, in sequence. */
    void read(int replica, long first, long last, Consumer<Change> taker) throws SQLException {
        readWhile(() -> true, replica, first, last, taker);
    }

    private void readWhile(BooleanSupplier more, int replica, long first, long last, Consumer<Change> taker)
            throws SQLException {
        // The block that holds the first number is the last one that begins at or before it.
        PreparedStatement blocks = statements.bound(
                """
                SELECT id, last, body FROM tm_log
                WHERE id >= coalesce((SELECT max(id) FROM tm_log WHERE id <= ?1 AND id >= ?2), ?1) AND id <= ?3
                  AND last >= ?4
                ORDER BY id\
                """, BlockId.of(replica, first), BlockId.of(replica, 0), BlockId.of(replica, last), first);
        try (ResultSet rows = blocks.executeQuery()) {
            while (more.getAsBoolean() && rows.next()) {
                for (Change change : block(rows)) {
                    long sequence = change.dot().sequence();
                    if (sequence >= first && sequence <= last) {
                        taker.accept(change);
                    }
                }
            }
        }
    }

    private List<Change> block(ResultSet row) throws SQLException {
        Block block = new Block(row.getLong(1), row.getLong(2));
        List<Change> changes = cache.get(block);
        if (changes == null) {
            changes = codec.decode(block.id(), block.last(), row.getBytes(3));
            decoded++;
            cache.put(block, changes);
        }
        return changes;
    }

    /** The change with this number; {@code null} if it is not listed (any more). */
    public @Nullable Change find(int replica, long sequence) throws SQLException {
        return statements.first(
                "SELECT id, last, body FROM tm_log WHERE id <= ? AND id > ? AND last >= ? ORDER BY id DESC LIMIT 1",
                row -> {
                    long first = BlockId.first(row.getLong(1));
                    return block(row).get((int) (sequence - first));
                },
                BlockId.of(replica, sequence),
                BlockId.of(replica, 0),
                sequence);
    }

    @Override
    public byte @Nullable [] packedContextOf(int replica, long sequence) throws SQLException {
        Change change = find(replica, sequence);
        return change == null ? null : packed(change.context());
    }

    private byte[] packed(CausalContext context) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            ChangeCodec.writeContext(packer, context, names);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
