package dev.tidemark.engine.internal.schema;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The engine's own tables. {@code docs/architecture.md} describes each.
 *
 * <p>{@code PRAGMA user_version} stores the version of the application's schema at the end of the last upgrade.
 */
public final class EngineTables {
    /** Identifies a SQLite file as a Tidemark database: "TIDE". */
    public static final int APPLICATION_ID = 0x54494445;

    /** The number of the format. It rises when a program that knows only the previous number could misread a file. */
    public static final int FORMAT = 1;

    private static final Pattern END = Pattern.compile(";\\n");
    private static final String DDL = """
        -- One row: the identity of this replica. "schema": the number of the application's migrations.
        -- "collected_up_to": the greatest clock value of a delete that this replica may have garbage-collected, or
        -- that a snapshot which it applied may lack. "token", "opened" and "inode" bind the replica to this file: see
        -- ReplicaBinding.
        CREATE TABLE tm_state(
          one INTEGER PRIMARY KEY CHECK (one = 1),
          format INTEGER NOT NULL, schema INTEGER NOT NULL,
          library BLOB NOT NULL, replica INTEGER NOT NULL, collected_up_to INTEGER NOT NULL DEFAULT 0,
          token TEXT NOT NULL DEFAULT '', opened INTEGER NOT NULL DEFAULT 0, inode TEXT NOT NULL DEFAULT '');
        -- Small numbers for replicas. Sequence numbers: "head", the last applied (for this replica, allocated) change.
        -- "exported_up_to", the last own change that may have left this file. "compacted_up_to", the last change in a
        -- block that was examined for compaction. "floor", the last truncated change. The greatest "clock" is the clock
        -- of this replica, which never goes back. It is in the row whose head changes with it. "collected_before": the
        -- value of "collected_up_to" when the replica became known. Garbage collection up to it did not wait for the
        -- replica (docs/correctness.md#r3).
        CREATE TABLE tm_replica(
          no INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE,
          head INTEGER NOT NULL DEFAULT 0, clock INTEGER NOT NULL DEFAULT 0,
          name TEXT NOT NULL DEFAULT '', collected_before INTEGER NOT NULL DEFAULT 0,
          exported_up_to INTEGER NOT NULL DEFAULT 0, compacted_up_to INTEGER NOT NULL DEFAULT 0,
          floor INTEGER NOT NULL DEFAULT 0);
        -- Former ids of this replica, the earliest first. "new_id": the id that replaced it. "last_retained": the last
        -- change that stayed under the former id. "reissued": the number of later changes, which moved to the new id.
        -- An edit form that was opened earlier has seen them under the former id (docs/correctness.md#r5).
        CREATE TABLE tm_former_id(
          no INTEGER PRIMARY KEY, id INTEGER NOT NULL, new_id INTEGER NOT NULL,
          last_retained INTEGER NOT NULL, reissued INTEGER NOT NULL);
        -- The current and the next acknowledgement of each replica: see Acknowledgements.
        CREATE TABLE tm_acknowledged(
          replica_no INTEGER PRIMARY KEY, vector BLOB, allocated INTEGER NOT NULL DEFAULT 0,
          next_vector BLOB, next_allocated INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0,
          retired INTEGER NOT NULL DEFAULT 0);
        -- Devices whose clocks are ahead: the latest time that their changes claim, and the time of this machine then.
        CREATE TABLE tm_clock_ahead(replica_no INTEGER PRIMARY KEY, wall INTEGER NOT NULL, noticed INTEGER NOT NULL);
        -- Syncs in which the deletes of one device removed most of the library: the range of its changes, the number of
        -- deleted rows, and the number of rows before.
        CREATE TABLE tm_mass_delete(
          replica_no INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          "rows" INTEGER NOT NULL, before INTEGER NOT NULL, noticed INTEGER NOT NULL,
          PRIMARY KEY (replica_no, first)) WITHOUT ROWID;
        -- Rows that snapshots removed from this device while no other device waited for it. The user can undo a mass
        -- delete.
        CREATE TABLE tm_snapshot_removed(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, cells BLOB NOT NULL,
          PRIMARY KEY (table_no, id)) WITHOUT ROWID;
        -- "synced": whether the application's schema declared the table as synced when the database was last opened.
        CREATE TABLE tm_table(
          no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, synced INTEGER NOT NULL DEFAULT 0);
        -- "cell" numbers the columns within their table, from 1; cell 0 is the row's existence.
        CREATE TABLE tm_column(
          no INTEGER PRIMARY KEY, table_no INTEGER NOT NULL, cell INTEGER NOT NULL, name TEXT NOT NULL,
          UNIQUE (table_no, name));
        -- One row for each tracked row, shown or not: its visibility and flags, and the packed writes of its cells.
        CREATE TABLE tm_row(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, status INTEGER NOT NULL, cells BLOB NOT NULL,
          PRIMARY KEY (table_no, id)) WITHOUT ROWID;
        CREATE INDEX tm_row_exceptional ON tm_row(status, table_no, id) WHERE status NOT IN (0, 2);
        -- Deleted rows without open edits: the candidates for garbage collection.
        CREATE INDEX tm_row_deleted ON tm_row(table_no, id) WHERE status IN (2, 34);
        -- Losing writes that no other write has seen. Cell -1 is a delete of the row.
        CREATE TABLE tm_sibling(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, cell INTEGER NOT NULL,
          replica_no INTEGER NOT NULL, sequence INTEGER NOT NULL,
          time INTEGER NOT NULL, clock_offset INTEGER NOT NULL, context BLOB, value BLOB,
          PRIMARY KEY (table_no, id, cell, replica_no, sequence)) WITHOUT ROWID;
        -- Values that are not in the application's table: of deleted and hidden rows, and of unknown columns.
        CREATE TABLE tm_retained(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, cells BLOB NOT NULL,
          PRIMARY KEY (table_no, id)) WITHOUT ROWID;
        -- The reason why a row is hidden, and the row that it waits for.
        CREATE TABLE tm_hidden(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, reason INTEGER NOT NULL,
          blocker_table INTEGER, blocker BLOB,
          PRIMARY KEY (table_no, id)) WITHOUT ROWID;
        CREATE INDEX tm_hidden_blocker ON tm_hidden(blocker_table, blocker) WHERE blocker IS NOT NULL;
        -- Changes that no cell holds any more. Together with tm_row.cells, the index from a row to all its changes.
        CREATE TABLE tm_superseded(
          table_no INTEGER NOT NULL, id BLOB NOT NULL, replica_no INTEGER NOT NULL, sequence INTEGER NOT NULL,
          PRIMARY KEY (table_no, id, replica_no, sequence)) WITHOUT ROWID;
        -- The changelog in blocks: id = replica_no << 40 | first sequence number.
        CREATE TABLE tm_log(id INTEGER PRIMARY KEY, last INTEGER NOT NULL, body BLOB NOT NULL);
        -- Chain hashes of changes: see LogChains.
        CREATE TABLE tm_chain(
          replica_no INTEGER NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
          PRIMARY KEY (replica_no, sequence)) WITHOUT ROWID;
        -- Changes whose values are to be erased: see LogErasure. "location": a storage; '' for tm_log.
        CREATE TABLE tm_erased(
          location TEXT NOT NULL, replica_no INTEGER NOT NULL, sequence INTEGER NOT NULL,
          PRIMARY KEY (location, replica_no, sequence)) WITHOUT ROWID;
        -- Summaries of some hundred consecutive changes of a replica, one for all changes (table 0) and one for each
        -- table: count, size, range of wall times and range of clock values. The ids are those of tm_log.
        CREATE TABLE tm_log_summary(
          table_no INTEGER NOT NULL, id INTEGER NOT NULL, last INTEGER NOT NULL,
          entries INTEGER NOT NULL, bytes INTEGER NOT NULL,
          oldest INTEGER NOT NULL, newest INTEGER NOT NULL,
          lowest INTEGER NOT NULL, highest INTEGER NOT NULL,
          PRIMARY KEY (table_no, id)) WITHOUT ROWID;
        CREATE INDEX tm_log_summary_oldest_first ON tm_log_summary(table_no, lowest, id);
        CREATE INDEX tm_log_summary_newest_first ON tm_log_summary(table_no, highest, id);
        -- The kinds and columns of the changes in a part of tm_log_summary, as bits: see ContentMask.
        CREATE TABLE tm_log_content(
          id INTEGER PRIMARY KEY NOT NULL, kinds INTEGER NOT NULL, columns INTEGER NOT NULL);
        -- Parts of a snapshot that is being downloaded. They are removed when the snapshot is applied.
        CREATE TABLE tm_snapshot_part(
          name TEXT NOT NULL, no INTEGER NOT NULL, length INTEGER NOT NULL, body BLOB NOT NULL,
          UNIQUE (name, no));
        CREATE INDEX tm_log_summary_wall ON tm_log_summary(table_no, newest, oldest);
        -- The state of each storage that the database syncs through. Times are milliseconds since 1970.
        -- One row for each storage ever used. "created": this replica created the library. "uploaded": the storage
        -- held files of this replica, so an empty listing means that it was wiped. "pushed_up_to": the last own change
        -- that was pushed. "record…": the number, content and time of the last device record. "erase_at": the time of
        -- the next SegmentErasure. "replace_snapshots": snapshots made before this time may contain erased values.
        CREATE TABLE tm_remote(
          location TEXT PRIMARY KEY NOT NULL,
          library BLOB NOT NULL, epoch INTEGER NOT NULL,
          created INTEGER NOT NULL, uploaded INTEGER NOT NULL DEFAULT 0,
          pushed_up_to INTEGER NOT NULL DEFAULT 0,
          record INTEGER NOT NULL DEFAULT 0, record_content TEXT NOT NULL DEFAULT '',
          record_at INTEGER NOT NULL DEFAULT 0, success_at INTEGER NOT NULL DEFAULT 0,
          erase_at INTEGER NOT NULL DEFAULT 0, replace_snapshots INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        -- Files with own changes, recorded before their upload. "remove_at": the time after which the file may be
        -- removed, because others replace it. It is 0 if the file is needed, and -1 if it is needed and was read
        -- completely.
        CREATE TABLE tm_remote_file(
          location TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
          remove_at INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (location, name)) WITHOUT ROWID;
        -- How each storage is encrypted: see EncryptionPin.
        CREATE TABLE tm_remote_encryption(
          location TEXT PRIMARY KEY NOT NULL, mode TEXT NOT NULL, writes TEXT NOT NULL, opened TEXT NOT NULL)
        WITHOUT ROWID;
        -- Small files that were read from the storage: see RemoteObjectCache.
        CREATE TABLE tm_remote_object(
          location TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
          checked INTEGER NOT NULL DEFAULT 0, whole INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (location, name)) WITHOUT ROWID;
        -- Libraries that were created at the same time as this one, and merged into it.
        CREATE TABLE tm_remote_alias(library BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID;
        -- Segments that this device could not use, replicas with missing changes ("lacking/…"), and segments above
        -- the end of a retired replica ("late/…"), with the time when this device noticed them.
        CREATE TABLE tm_remote_damaged(
          location TEXT NOT NULL, name TEXT NOT NULL, noticed INTEGER NOT NULL,
          PRIMARY KEY (location, name)) WITHOUT ROWID;
        -- Retired replicas, and the last valid change of each (docs/correctness.md#r7). "first_last": the smallest
        -- number that any retirement has named. Garbage collection did not wait for changes above it. "former": 1 for a
        -- former id of this replica, 2 until ReinsertedRows has run.
        CREATE TABLE tm_remote_retired(
          replica INTEGER PRIMARY KEY, last INTEGER NOT NULL, first_last INTEGER NOT NULL,
          former INTEGER NOT NULL DEFAULT 0);
        -- Notes about blobs at a location (empty: this device), see BlobMetadata. "compared_at" and "epoch": the time
        -- and the epoch in which the blobs of a storage were last compared with the references.
        CREATE TABLE tm_blob_metadata(
          location TEXT NOT NULL, hash BLOB NOT NULL, kind TEXT NOT NULL,
          noted INTEGER NOT NULL, note TEXT NOT NULL,
          PRIMARY KEY (location, hash, kind)) WITHOUT ROWID;
        CREATE TABLE tm_blob_location(
          location TEXT PRIMARY KEY NOT NULL, compared_at INTEGER NOT NULL, epoch TEXT NOT NULL) WITHOUT ROWID;
        -- Storages that may hold changes which a clock repair has replaced. The next sync uploads a snapshot that
        -- covers these changes.
        CREATE TABLE tm_remote_restamped(location TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
        -- The last syncs that moved changes or had a problem: see SyncRunStore. "times": syncs in a row that moved
        -- nothing and had the same problem. "problem": its code, '' for none.
        CREATE TABLE tm_sync_run(
          no INTEGER PRIMARY KEY, location TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL,
          times INTEGER NOT NULL, pushed INTEGER NOT NULL, pulled INTEGER NOT NULL, conflicts INTEGER NOT NULL,
          hidden INTEGER NOT NULL, waiting INTEGER NOT NULL, blocked INTEGER NOT NULL, quarantined INTEGER NOT NULL,
          bytes INTEGER NOT NULL, problem TEXT NOT NULL, arguments TEXT NOT NULL);
        -- Failed storage calls by kind and problem. A later sync repeats them.
        CREATE TABLE tm_storage_failure(
          call TEXT NOT NULL, problem TEXT NOT NULL, failures INTEGER NOT NULL, last INTEGER NOT NULL,
          PRIMARY KEY (call, problem)) WITHOUT ROWID;
        """;

    private EngineTables() {}

    /**
     * Returns the statements for the tables that were added without a new {@link #FORMAT}. No data depends on these
     * tables.
     */
    public static List<String> laterTables() {
        return statements().stream()
                .filter(sql -> sql.contains("TABLE tm_sync_run(") || sql.contains("TABLE tm_storage_failure("))
                .toList();
    }

    /** The statement of another such table. */
    public static String logContent() {
        return statements().stream()
                .filter(sql -> sql.contains("TABLE tm_log_content("))
                .findFirst()
                .orElseThrow();
    }

    public static List<String> statements() {
        return END.splitAsStream(DDL).toList();
    }
}
