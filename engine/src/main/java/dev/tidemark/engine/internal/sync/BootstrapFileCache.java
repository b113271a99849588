package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sql.SqlAccess;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What this replica durably keeps of the files by which one enters the library of a remote. Keys are in it sealed, as they lie
 * there, never open. Thread-safe.
 */
final class BootstrapFileCache {
    private final SqlAccess database;
    private final String location;

    /**
     * A file that was read there as a whole.
     *
     * @param content what was in it
     * @param checked when it was last looked at
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] content, Instant checked) {}

    BootstrapFileCache(SqlAccess database, String location) {
        this.database = database;
        this.location = location;
    }

    Map<String, Entry> all() {
        return database.query(statements -> {
            Map<String, Entry> all = new HashMap<>();
            statements.list(
                    "SELECT name, content, checked FROM tm_remote_bootstrap_file WHERE location = ?",
                    row -> all.put(row.getString(1), new Entry(row.getBytes(2), Instant.ofEpochMilli(row.getLong(3))))
                            == null,
                    location);
            return all;
        });
    }

    void remember(String name, byte[] content, Instant checked) {
        database.update(statements -> statements.update(
                "INSERT OR REPLACE INTO tm_remote_bootstrap_file(location, name, content, checked) VALUES (?,"
                        + " ?, ?, ?)",
                location,
                name,
                content,
                checked.toEpochMilli()));
    }

    void forget(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        database.update(statements -> {
            int forgotten = 0;
            for (String name : names) {
                forgotten += statements.update(
                        "DELETE FROM tm_remote_bootstrap_file WHERE location = ? AND name = ?", location, name);
            }
            return forgotten;
        });
    }
}
