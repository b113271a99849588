package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns a database into the first, empty replica of a new library. Local tables stay. The known encryption modes of
 * storages stay, because a reset must not weaken the encryption. The numbers of tables and columns stay, because other
 * connections cache them. The replica gets a new number, by which other connections detect the reset.
 *
 * @param latest the greatest plausible clock value; the new library starts at or below it
 */
record LibraryReset(Statements statements, Catalog catalog, IdGenerator ids, long latest) {
    /** The engine's tables that a reset empties. A test requires a decision about each new table. */
    static final List<String> EMPTIED = List.of(
            "tm_row",
            "tm_sibling",
            "tm_retained",
            "tm_hidden",
            "tm_superseded",
            "tm_log",
            "tm_chain",
            "tm_erased",
            "tm_log_summary",
            "tm_log_content",
            "tm_acknowledged",
            "tm_former_id",
            "tm_clock_ahead",
            "tm_remote",
            "tm_remote_file",
            "tm_remote_alias",
            "tm_remote_retired",
            "tm_remote_damaged",
            "tm_remote_restamped",
            "tm_remote_object",
            "tm_snapshot_part",
            "tm_blob_metadata",
            "tm_blob_location",
            "tm_mass_delete",
            "tm_snapshot_removed");

    /** Copies a database, as it is at one moment, to a file that is empty or missing. */
    static void copy(Path database, Path backup) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(database));
                Statements statements = new Statements(connection)) {
            statements.update("VACUUM INTO ?", backup.toString());
        }
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(backup));
                Statements statements = new Statements(connection)) {
            statements.update(ReplicaBinding.MARK_AS_BACKUP);
        }
    }

    /** Throws if SQLite finds damage in a database. */
    static void check(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(database));
                Statements statements = new Statements(connection)) {
            List<String> damage = statements.list("PRAGMA quick_check(1)", row -> row.getString(1));
            if (!damage.equals(List.of("ok"))) {
                throw new SQLException("The copy is damaged: " + String.join(", ", damage));
            }
        }
    }

    /** Must run inside a transaction. */
    void empty(ReplicaState before) throws SQLException {
        for (SyncedTable table : catalog.tables()) {
            statements.update("DELETE FROM main." + SqlText.quote(table.name()));
        }
        for (String table : EMPTIED) {
            statements.update("DELETE FROM " + table);
        }
        long number = statements.number("SELECT max(no) + 1 FROM tm_replica");
        statements.update(
                "INSERT INTO tm_replica(no, id, name, clock) SELECT ?, ?, name, ? FROM tm_replica WHERE no = ?",
                number,
                ids.replica().value(),
                before.clock() > latest ? 0 : before.clock(),
                before.replicaNumber());
        statements.update("DELETE FROM tm_replica WHERE no <> ?", number);
        statements.update(
                "UPDATE tm_state SET replica = ?, library = ?, collected_up_to = 0",
                number,
                ChangeCodec.bytesOf(ids.library()));
    }
}
