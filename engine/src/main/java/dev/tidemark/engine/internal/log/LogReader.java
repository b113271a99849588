package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.ContextCodec;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
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

/**
 * Reads changes from the blocks of {@code tm_log} by replica and sequence number, through one connection. Not
 * thread-safe.
 */
public final class LogReader implements CellMerge.Contexts {
    /** {@link #readFrom} stops after the block with which it reaches this many changes. */
    private static final int ENOUGH = 1000;

    /** {@link #readFrom} also stops at this many bytes, so that the memory of a sync does not grow with the library. */
    private static final long ENOUGH_BYTES = 2 << 20;

    /** The number of cached blocks. A block has at most about 256 KiB before compression. */
    private static final int CACHE_BLOCKS = 4;

    private final Statements statements;
    private final NameDictionary names;
    private final BlockCodec codec;
    private final Map<Block, List<Change>> cache;
    private int decoded;

    /** The key of a cached block. Compaction can change the end of a block with the same id. */
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

    /** Returns a reader that caches the last few blocks. The reader must not be used after the transaction. */
    static LogReader caching(Statements statements, NameDictionary names) {
        return new LogReader(statements, names, CACHE_BLOCKS);
    }

    /** Returns the sequence number of the last change of each replica that has any, by the replica's number. */
    public Map<Integer, Long> heads() throws SQLException {
        Map<Integer, Long> heads = new LinkedHashMap<>();
        statements.list(
                "SELECT no, head FROM tm_replica WHERE head > 0", row -> heads.put(row.getInt(1), row.getLong(2)));
        return heads;
    }

    int decodedBlocks() {
        return decoded;
    }

    /**
     * Returns the changes of a replica from this sequence number on, but stops at about 1,000 changes or 2 MiB. The
     * list is empty at the end of the changelog.
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

    /**
     * Passes a replica's changes in this range of sequence numbers to the consumer, in order. Truncated changes are
     * left out.
     */
    void read(int replica, long first, long last, Consumer<Change> consumer) throws SQLException {
        readWhile(() -> true, replica, first, last, consumer);
    }

    /**
     * Returns the sequence number of the last change of the transaction whose first change has the number {@code
     * transaction}.
     */
    long lastOfTransaction(int replica, long transaction) throws SQLException {
        long[] last = {transaction};
        boolean[] ended = new boolean[1];
        readWhile(() -> !ended[0], replica, transaction, BlockId.LAST_SEQUENCE, change -> {
            ended[0] |= change.transaction() != transaction;
            last[0] = ended[0] ? last[0] : change.dot().sequence();
        });
        return last[0];
    }

    private void readWhile(BooleanSupplier more, int replica, long first, long last, Consumer<Change> consumer)
            throws SQLException {
        // The block that contains the first change is the last block that starts at or below its number.
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
                        consumer.accept(change);
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

    /**
     * Returns the change with this sequence number; {@code null} if the changelog does not contain it yet or any more.
     */
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
        return change == null ? null : ContextCodec.pack(change.context(), names);
    }
}
