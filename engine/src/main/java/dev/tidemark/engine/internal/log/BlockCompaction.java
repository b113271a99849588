package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites runs of small blocks of one replica as larger blocks, which take fewer bytes; the changes keep their
 * sequence numbers (decision 13). Each step is short. Compaction may stop after any step, because {@code
 * tm_replica.compacted_up_to}, the replica's mark, stores the last sequence number that was examined. Works through one
 * connection, inside its transaction. Not thread-safe.
 */
public final class BlockCompaction {
    /** Idle maintenance compacts the blocks of a replica that has at least this many changes above its mark. */
    public static final int MIN_CHANGES = 2000;

    private static final int RUN_CHANGES = 1000;
    private static final int RUN_BYTES = 128 << 10;

    /** The greatest size in bytes of a small block. Joining larger blocks would gain little. */
    private static final int SMALL_BYTES = 32 << 10;

    /**
     * The greatest size in bytes of a small block with a single change. A larger change may be a version of a text that
     * the user is still typing. It keeps its own block, because {@link LongTextSquash} may empty the change later.
     */
    private static final int LONG_BYTES = 4 << 10;

    public record Step(int blocksSaved, boolean done) {}

    private record Block(long id, long last, int bytes) {
        int changes() {
            return (int) (last - BlockId.first(id) + 1);
        }

        boolean isSmall() {
            return bytes <= (changes() == 1 ? LONG_BYTES : SMALL_BYTES) && changes() < RUN_CHANGES;
        }
    }

    private final Statements statements;

    private final LogTable log;

    public BlockCompaction(Statements statements, LogTable log) {
        this.statements = statements;

        this.log = log;
    }

    /** Returns the numbers of the replicas with at least this many changes above their mark. */
    public List<Integer> replicasDue(long atLeast) throws SQLException {
        return statements.list(
                "SELECT no FROM tm_replica WHERE head - compacted_up_to >= ? ORDER BY no",
                row -> row.getInt(1),
                atLeast);
    }

    /** Compacts the replica's next run of small blocks above its mark. */
    public Step step(int replica) throws SQLException {
        long compactedUpTo =
                statements.number("SELECT max(compacted_up_to, floor) FROM tm_replica WHERE no = ?", replica);
        List<Block> blocks = statements.list(
                "SELECT id, last, length(body) FROM tm_log WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
                row -> new Block(row.getLong(1), row.getLong(2), row.getInt(3)),
                BlockId.of(replica, compactedUpTo),
                BlockId.of(replica + 1, 0),
                RUN_CHANGES + 1);
        List<Block> run = firstRun(blocks);
        // New blocks may extend a run at the end of the changelog, so the mark stays below that run.
        boolean done =
                blocks.size() <= RUN_CHANGES && (run.isEmpty() || run.getLast().equals(blocks.getLast()));
        int fewer = run.size() > 1 ? compact(run) : 0;
        Long mark = run.isEmpty()
                ? last(blocks)
                : done ? Long.valueOf(BlockId.first(run.getFirst().id()) - 1) : last(run);
        if (mark != null && mark > compactedUpTo) {
            statements.update("UPDATE tm_replica SET compacted_up_to = ? WHERE no = ?", mark, replica);
        }
        return new Step(fewer, done);
    }

    private static @Nullable Long last(List<Block> blocks) {
        return blocks.isEmpty() ? null : Long.valueOf(blocks.getLast().last());
    }

    private static List<Block> firstRun(List<Block> blocks) {
        List<Block> run = new ArrayList<>();
        int changes = 0;
        int bytes = 0;
        for (Block block : blocks) {
            if (block.isSmall() && (run.isEmpty() || (changes < RUN_CHANGES && bytes < RUN_BYTES))) {
                run.add(block);
                changes += block.changes();
                bytes += block.bytes();
            } else if (!run.isEmpty()) {
                return run;
            }
        }
        return run;
    }

    private int compact(List<Block> run) throws SQLException {
        long from = run.getFirst().id();
        long to = run.getLast().id();
        List<Change> changes = new ArrayList<>();
        for (List<Change> block : statements.list(
                "SELECT id, last, body FROM tm_log WHERE id BETWEEN ? AND ? ORDER BY id", log::decode, from, to)) {
            changes.addAll(block);
        }
        statements.update("DELETE FROM tm_log WHERE id BETWEEN ? AND ?", from, to);
        log.rewrite(changes);
        return run.size() - (int) statements.number("SELECT count(*) FROM tm_log WHERE id BETWEEN ? AND ?", from, to);
    }
}
