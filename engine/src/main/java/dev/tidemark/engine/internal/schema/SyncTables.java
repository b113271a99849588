package dev.tidemark.engine.internal.schema;

import java.util.List;

/** The tables with the state of each storage that a database syncs through. Times are milliseconds since 1970. */
final class SyncTables {
    private static final List<String> DDL = List.of(
            // One row for each storage ever used. "founded": this replica wrote the library file. "uploaded": the
            // storage held
            // files of this replica, so an empty listing means that it was wiped. "published": the last own change that
            // was
            // pushed. "record…": the number, content and time of the last device record.
            """
            CREATE TABLE IF NOT EXISTS tm_remote(
              location TEXT PRIMARY KEY NOT NULL,
              library BLOB NOT NULL, epoch INTEGER NOT NULL,
              founded INTEGER NOT NULL, uploaded INTEGER NOT NULL DEFAULT 0,
              published INTEGER NOT NULL DEFAULT 0,
              record INTEGER NOT NULL DEFAULT 0, record_content TEXT NOT NULL DEFAULT '',
              record_at INTEGER NOT NULL DEFAULT 0, success_at INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID
            """,
            // Each file with own changes, entered before its upload. "remove_at": when the file may be removed, because
            // others
            // replace it; 0 if it is needed, -1 if it is needed and was read as a whole.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_file(
              location TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
              remove_at INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // The hash in the name of the last segment that this replica uploaded to a replica's log.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_chain(
              location TEXT NOT NULL, replica INTEGER NOT NULL, hash TEXT NOT NULL,
              PRIMARY KEY (location, replica)) WITHOUT ROWID
            """,
            // How each storage is encrypted: see EncryptionPin.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_encryption(
              location TEXT PRIMARY KEY NOT NULL, mode TEXT NOT NULL, writes TEXT NOT NULL, opened TEXT NOT NULL)
            WITHOUT ROWID
            """,
            // Small files that were read from the storage: see RemoteObjectCache.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_object(
              location TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
              checked INTEGER NOT NULL DEFAULT 0, whole INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // Libraries that were created at the same time as this one, and merged into it.
            "CREATE TABLE IF NOT EXISTS tm_remote_alias(library BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID",
            // Segments that a device could not use, and replicas with missing changes ("lacking/…"), with the time of
            // the
            // discovery.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_damaged(
              location TEXT NOT NULL, name TEXT NOT NULL, noticed INTEGER NOT NULL,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // Retired replicas, and the last change of each that counts (docs/correctness.md#r7). "former": a former id
            // of this replica; 2 until
            // ReinsertedRows has run.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_retired(
              replica INTEGER PRIMARY KEY, last INTEGER NOT NULL, former INTEGER NOT NULL DEFAULT 0)
            """,
            // Notes on blobs in a location (empty: this device), see BlobMetadata. "looked": when, and in which epoch,
            // the blobs
            // of a storage were last compared with the references.
            """
            CREATE TABLE IF NOT EXISTS tm_blob_metadata(
              location TEXT NOT NULL, hash BLOB NOT NULL, kind TEXT NOT NULL,
              noted INTEGER NOT NULL, note TEXT NOT NULL,
              PRIMARY KEY (location, hash, kind)) WITHOUT ROWID
            """,
            """
            CREATE TABLE IF NOT EXISTS tm_blob_location(
              location TEXT PRIMARY KEY NOT NULL, looked INTEGER NOT NULL, epoch TEXT NOT NULL) WITHOUT ROWID
            """,
            // Storages that may hold changes that a repair has written again: the next sync puts a snapshot that leads
            // around them.
            "CREATE TABLE IF NOT EXISTS tm_remote_restamped(location TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID");

    private SyncTables() {}

    static List<String> statements() {
        return DDL;
    }
}
