package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Changes the dot of a row's write everywhere in cell state, after a fork (decision 28). Each cell keeps its write.
 * Works through one connection, inside its transaction. Not thread-safe.
 *
 * @param contexts looks up the contexts of changes by their new dots
 */
public record Renumbering(Statements statements, CellMerge.Contexts contexts) {
    public void renumber(int table, UUID row, int replica, long sequence, int toReplica, long toSequence)
            throws SQLException {
        byte[] key = ChangeCodec.bytesOf(row);
        byte[] cells = statements.first(
                "SELECT cells FROM tm_row WHERE table_no = ? AND id = ?", found -> found.getBytes(1), table, key);
        if (cells != null) {
            RowState state = RowState.unpack(cells);
            if (state.renumber(replica, sequence, toReplica, toSequence)) {
                statements.update(
                        "UPDATE tm_row SET cells = ? WHERE table_no = ? AND id = ?", state.pack(), table, key);
            }
        }
        statements.update("""
            UPDATE tm_superseded SET replica_no = ?, sequence = ?
            WHERE table_no = ? AND id = ? AND replica_no = ? AND sequence = ?\
            """, toReplica, toSequence, table, key, replica, sequence);
        int siblings = statements.update("""
            UPDATE tm_sibling SET replica_no = ?, sequence = ?
            WHERE table_no = ? AND id = ? AND replica_no = ? AND sequence = ?\
            """, toReplica, toSequence, table, key, replica, sequence);
        if (siblings > 0) {
            statements.update("""
                UPDATE tm_sibling SET context = ?
                WHERE table_no = ? AND id = ? AND replica_no = ? AND sequence = ?\
                """, contexts.packedContextOf(toReplica, toSequence), table, key, toReplica, toSequence);
        }
    }
}
