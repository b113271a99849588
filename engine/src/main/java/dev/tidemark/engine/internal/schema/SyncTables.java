package dev.tidemark.engine.internal.schema;

import java.util.List;

/** The tables in which a database remembers the remotes that it syncs through. Times are milliseconds since 1970. */
final class SyncTables {
    private static final List<String> DDL = List.of(
            // One row for each place ever synced with. "founded": this replica wrote the library file there.
            // "uploaded":
            // something of ours was there, so that an empty listing means it was wiped. "published": our own head
            // there.
            // "record…": the number, content and time of the last device record.
            """
            CREATE TABLE IF NOT EXISTS tm_remote(
              location TEXT PRIMARY KEY NOT NULL,
              library BLOB NOT NULL, epoch INTEGER NOT NULL,
              founded INTEGER NOT NULL, uploaded INTEGER NOT NULL DEFAULT 0,
              published INTEGER NOT NULL DEFAULT 0,
              record INTEGER NOT NULL DEFAULT 0, record_content TEXT NOT NULL DEFAULT '',
              record_at INTEGER NOT NULL DEFAULT 0, success_at INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID
            """,
            // Every file under our id that we wrote (or found to hold just our changes), named here before it is put.
            // "remove_at": when it may be removed, because others have taken its place; 0 if it is needed, -1 if it is
            // and was read as a whole.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_file(
              location TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
              remove_at INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // The hash in the name of the last segment that we put into a replica's log there.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_chain(
              location TEXT NOT NULL, replica INTEGER NOT NULL, hash TEXT NOT NULL,
              PRIMARY KEY (location, replica)) WITHOUT ROWID
            """,
            // How each remote is encrypted: see EncryptionPin.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_encryption(
              location TEXT PRIMARY KEY NOT NULL, mode TEXT NOT NULL, writes TEXT NOT NULL, opened TEXT NOT NULL)
            WITHOUT ROWID
            """,
            // The library file and the sealed keys there, as they were read; "checked", when they were last looked at.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_bootstrap_file(
              location TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, checked INTEGER NOT NULL,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // Manifests of snapshots there; "checked", when all of its parts were last seen to be there; "whole",
            // whether
            // this device has made, applied or read all of it.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_snapshot(
              location TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, checked INTEGER NOT NULL DEFAULT 0,
              whole INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // Libraries that were founded at the same time as ours, and became ours.
            "CREATE TABLE IF NOT EXISTS tm_remote_alias(library BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID",
            // Segments that a device could not use, and replicas of which changes lack ("lacking/…"): since when we
            // know.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_damaged(
              location TEXT NOT NULL, name TEXT NOT NULL, noticed INTEGER NOT NULL,
              PRIMARY KEY (location, name)) WITHOUT ROWID
            """,
            // Replicas that are retired, wherever that was said, and the last of their changes that counts
            // (docs/correctness.md#r7). "former": an id that we had ourselves; 2 until
            // what we wrote under it is made up with what others may have forgotten since (ReinsertedRows).
            """
            CREATE TABLE IF NOT EXISTS tm_remote_retired(
              replica INTEGER PRIMARY KEY, last INTEGER NOT NULL, former INTEGER NOT NULL DEFAULT 0)
            """,
            // What is known of blobs at a place (the empty one: on this device), see BlobMetadata. "looked": when what
            // lies
            // there was last compared with what is referred to, in which epoch.
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
            "CREATE TABLE IF NOT EXISTS tm_remote_restamped(location TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID",
            // What other devices last said of themselves; "record" is the name of the file that said it.
            """
            CREATE TABLE IF NOT EXISTS tm_remote_device(
              location TEXT NOT NULL, replica INTEGER NOT NULL, record TEXT NOT NULL, content TEXT NOT NULL,
              PRIMARY KEY (location, replica)) WITHOUT ROWID
            """);

    private SyncTables() {}

    /** The statements that create them. */
    static List<String> statements() {
        return DDL;
    }
}
