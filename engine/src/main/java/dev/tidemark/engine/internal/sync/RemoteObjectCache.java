package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the small files of one storage that this replica has read: manifests of snapshots, the newest record of each
 * other device, the library file and the key files. Each file is thus downloaded only once, and can be uploaded again
 * when the storage's copy is damaged. Keys stay encrypted. Thread-safe.
 */
final class RemoteObjectCache {
    private final StateTables tables;
    private final String location;

    /**
     * A file with the content that this replica read.
     *
     * @param checked when the file was last found in the storage; for a snapshot, when its parts were
     * @param whole whether this device has made, applied or read the whole snapshot
     */
    @SuppressWarnings("ArrayRecordComponent") // The record is never compared.
    record Entry(String name, byte[] content, Instant checked, boolean whole) {}

    RemoteObjectCache(SqliteDatabase database, String location) {
        this.tables = new StateTables(database);
        this.location = location;
    }

    /** Returns the files whose names begin with one of these prefixes, sorted by name. */
    Map<String, Entry> all(String... prefixes) {
        Map<String, Entry> all = new TreeMap<>();
        for (String prefix : prefixes) {
            tables.list(
                            """
                            SELECT name, content, checked, whole FROM tm_remote_object
                            WHERE location = ? AND name >= ? AND name < ?\
                            """,
                            row -> new Entry(
                                    row.getString(1),
                                    row.getBytes(2),
                                    Instant.ofEpochMilli(row.getLong(3)),
                                    row.getBoolean(4)),
                            location,
                            prefix,
                            prefix + "\uFFFF")
                    .forEach(entry -> all.put(entry.name(), entry));
        }
        return all;
    }

    byte @Nullable [] content(String name) {
        return tables.first(
                "SELECT content FROM tm_remote_object WHERE location = ? AND name = ?",
                row -> row.getBytes(1),
                location,
                name);
    }

    void put(String name, byte[] content, Instant checked, boolean whole) {
        tables.update(
                "INSERT OR REPLACE INTO tm_remote_object(location, name, content, checked, whole) VALUES (?, ?, ?, ?,"
                        + " ?)",
                location,
                name,
                content,
                checked.toEpochMilli(),
                whole ? 1L : 0L);
    }

    /** Stores device records. Each record replaces the previous one of its device. */
    void rememberRecords(Map<RemoteNames.RecordName, byte[]> records) {
        tables.updateCache(statements -> {
            for (Map.Entry<RemoteNames.RecordName, byte[]> record : records.entrySet()) {
                String folder = RemoteNames.recordsOf(record.getKey().replica());
                statements.update(
                        "DELETE FROM tm_remote_object WHERE location = ? AND name >= ? AND name < ?",
                        location,
                        folder,
                        folder + "\uFFFF");
                statements.update(
                        "INSERT INTO tm_remote_object(location, name, content) VALUES (?, ?, ?)",
                        location,
                        record.getKey().toString(),
                        record.getValue());
            }
            return records.size();
        });
    }

    void markWhole(String name) {
        tables.updateCache(statements -> statements.update(
                "UPDATE tm_remote_object SET whole = 1 WHERE location = ? AND name = ?", location, name));
    }

    void markChecked(String name, Instant at) {
        tables.updateCache(statements -> statements.update(
                "UPDATE tm_remote_object SET checked = ? WHERE location = ? AND name = ?",
                at.toEpochMilli(),
                location,
                name));
    }

    void remove(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        tables.inTransaction(statements -> {
            for (String name : names) {
                statements.update("DELETE FROM tm_remote_object WHERE location = ? AND name = ?", location, name);
            }
            return names.size();
        });
    }
}
