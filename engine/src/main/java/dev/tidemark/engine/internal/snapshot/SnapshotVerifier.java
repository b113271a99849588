package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.ValueCodec;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import dev.tidemark.engine.internal.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Compares a snapshot of another device with the live rows of a database that has applied all its changes. For each
 * live cell whose winning change the snapshot's vector covers, the snapshot must contain the same change and value.
 * Cells that a later change wrote are not compared. Changes no data. Not thread-safe.
 *
 * @param connection a connection for the verifier alone, which creates a temporary table. The caller closes the
 *     connection
 */
public record SnapshotVerifier(Connection connection, Statements statements, Catalog catalog) {
    /** Reads the snapshot to its end, and returns whether it contains the live rows. */
    public boolean hasLiveRows(Snapshot snapshot) throws SQLException {
        // A table holds the cells, because a library may have more than fit into memory.
        statements.update("CREATE TEMP TABLE held(cell TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID");
        for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
            statements.update("BEGIN");
            addPart(PartReader.open(part));
            statements.update("COMMIT");
        }
        statements.update("BEGIN");
        try (StateReader rows = new StateReader(statements, new NameDictionary(connection), catalog)) {
            for (SnapshotRow row = rows.next(); row != null; row = rows.next()) {
                if (isLive(row) && !isCovered(row, snapshot.vector())) {
                    return false;
                }
            }
        }
        return true;
    }

    private void addPart(PartReader part) throws SQLException {
        for (SnapshotRow row = part.next(); row != null; row = part.next()) {
            for (WinningWrite write : row.writes()) {
                for (String cell : cells(write)) {
                    statements.update("INSERT OR IGNORE INTO held VALUES (?)", hash(row, write.dot(), cell));
                }
            }
        }
    }

    private boolean isCovered(SnapshotRow row, VersionVector vector) throws SQLException {
        for (WinningWrite write : row.writes()) {
            if (write.dot().sequence() > vector.get(write.dot().replica())) {
                continue;
            }
            for (String cell : cells(write)) {
                String hash = hash(row, write.dot(), cell);
                if (!statements.exists("SELECT 1 FROM held WHERE cell = ?", hash)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isLive(SnapshotRow row) {
        WinningWrite delete =
                row.writes().stream().filter(WinningWrite::delete).findFirst().orElse(null);
        return row.writes().stream().anyMatch(write -> !write.delete() && (delete == null || isLater(write, delete)));
    }

    private static boolean isLater(WinningWrite write, WinningWrite delete) {
        return write.hlcTime() != delete.hlcTime()
                ? write.hlcTime() > delete.hlcTime()
                : write.dot().replica().compareTo(delete.dot().replica()) > 0;
    }

    /** Returns the columns that a write set. An empty name stands for the row's existence. */
    private static Set<String> cells(WinningWrite write) {
        Set<String> cells = new HashSet<>(write.columns());
        if (write.exists()) {
            cells.add("");
        }
        return cells;
    }

    private static String hash(SnapshotRow row, Dot dot, String cell) {
        @Nullable Object value = row.values().get(cell);
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packString(row.table());
            packer.addPayload(ChangeCodec.bytesOf(row.id()));
            packer.packString(cell);
            packer.packLong(dot.replica().value());
            packer.packLong(dot.sequence());
            ValueCodec.write(packer, value);
            return ContentHash.of(packer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }
}
