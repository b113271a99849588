package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Appends to {@code tm_log}, which stores each replica's changes in blocks of consecutive changes. {@link LogReader}
 * reads the blocks. Works through one connection, inside its transaction. Not thread-safe.
 */
public final class LogTable {
    private final Statements statements;
    private final NameDictionary names;
    private final BlockCodec codec;
    private final LogSummaries summaries;

    public LogTable(Statements statements, NameDictionary names) {
        this.statements = statements;
        this.names = names;
        this.codec = new BlockCodec(names);
        this.summaries = new LogSummaries(statements, names);
    }

    /** Recomputes the summaries of these changes; see {@link LogSummaries#refresh}. */
    void refresh(int replica, long first, long last) throws SQLException {
        summaries.refresh(replica, first, last);
    }

    /** Updates the summaries after a change was replaced by one that differs in its values alone. */
    void resized(Change before, Change after) throws SQLException {
        summaries.resized(before, after);
    }

    public void append(List<Change> run) throws SQLException {
        for (int start = 0; start < run.size(); ) {
            start += appendBlock(run.subList(start, run.size()));
        }
    }

    private int appendBlock(List<Change> run) throws SQLException {
        BlockCodec.Body body = codec.encode(run);
        store(run.subList(0, body.count()), body.bytes());
        return body.count();
    }

    private void store(List<Change> changes, byte[] body) throws SQLException {
        insert(changes, body);
        summaries.appended(names.replica(changes.getFirst().dot().replica()), changes);
    }

    private void insert(List<Change> changes, byte[] body) throws SQLException {
        Change first = changes.getFirst();
        statements.update(
                "INSERT INTO tm_log(id, last, body) VALUES (?, ?, ?)",
                BlockId.of(names.replica(first.dot().replica()), first.dot().sequence()),
                changes.getLast().dot().sequence(),
                body);
    }

    /** Decodes the block in a row with the columns id, last and body. */
    List<Change> decode(ResultSet row) throws SQLException {
        return codec.decode(row.getLong(1), row.getLong(2), row.getBytes(3));
    }

    /** Inserts changes into new blocks, after the caller has deleted their old blocks. Their summaries stay. */
    void rewrite(List<Change> run) throws SQLException {
        for (int start = 0; start < run.size(); ) {
            BlockCodec.Packed packed = codec.pack(run.subList(start, run.size()));
            insert(run.subList(start, start + packed.count()), packed.compressTightly());
            start += packed.count();
        }
    }

    /**
     * Starts to append consecutive changes of one replica. Other threads compress the blocks until
     * {@link Appending#finish}.
     */
    public Appending begin(List<Change> run) {
        Appending appending = new Appending();
        for (int start = 0; start < run.size(); ) {
            BlockCodec.Packed packed = codec.pack(run.subList(start, run.size()));
            List<Change> changes = run.subList(start, start + packed.count());
            appending.blocks.add(
                    new Block(changes, ForkJoinPool.commonPool().submit((Callable<byte[]>) packed::compress)));
            start += packed.count();
        }
        return appending;
    }

    private record Block(List<Change> changes, ForkJoinTask<byte[]> body) {}

    /** Changes whose blocks are being compressed. {@link #finish} stores them in the table. Not thread-safe. */
    public final class Appending {
        private final List<Block> blocks = new ArrayList<>();

        private Appending() {}

        /** Stores the blocks, inside the transaction that called {@link #begin}. */
        public void finish() throws SQLException {
            for (Block block : blocks) {
                store(block.changes(), block.body().join());
            }
            blocks.clear();
        }
    }
}
