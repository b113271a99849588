package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The manifests of a remote that this replica has read, so that each is fetched once. Thread-safe. */
final class SnapshotManifestCache {
    private final SqlAccess database;
    private final String location;

    /**
     * A manifest that was read.
     *
     * @param manifest what it says
     * @param checked when all of its parts were last seen to be there
     * @param whole whether this device has made, applied or read all of it
     */
    record Known(SnapshotManifest manifest, Instant checked, boolean whole) {}

    SnapshotManifestCache(SqlAccess database, String location) {
        this.database = database;
        this.location = location;
    }

    Map<SnapshotName, Known> all() {
        return database.query(statements -> {
            Map<SnapshotName, Known> all = new HashMap<>();
            statements.list(
                    "SELECT name, content, checked, whole FROM tm_remote_snapshot WHERE location = ?",
                    row -> {
                        SnapshotName name = SnapshotName.parse(row.getString(1)).orElseThrow();
                        byte[] content = row.getString(2).getBytes(StandardCharsets.UTF_8);
                        return all.put(
                                        name,
                                        new Known(
                                                SnapshotManifest.read(name, content),
                                                Instant.ofEpochMilli(row.getLong(3)),
                                                row.getBoolean(4)))
                                == null;
                    },
                    location);
            return all;
        });
    }

    /** Remembers a manifest, when its parts were seen to be there, and whether this device has had all of it. */
    void remember(SnapshotName name, byte[] content, Instant checked, boolean whole) {
        database.update(statements -> statements.update(
                "INSERT OR REPLACE INTO tm_remote_snapshot VALUES (?, ?, ?, ?, ?)",
                location,
                name.toString(),
                new String(content, StandardCharsets.UTF_8),
                checked.toEpochMilli(),
                whole ? 1L : 0L));
    }

    /** This device has had all of it. */
    void whole(SnapshotName name) {
        database.update(statements -> statements.update(
                "UPDATE tm_remote_snapshot SET whole = 1 WHERE location = ? AND name = ?", location, name.toString()));
    }

    /** Its parts were seen to be there. */
    void checked(SnapshotName name, Instant at) {
        database.update(statements -> statements.update(
                "UPDATE tm_remote_snapshot SET checked = ? WHERE location = ? AND name = ?",
                at.toEpochMilli(),
                location,
                name.toString()));
    }

    void forget(Collection<SnapshotName> names) {
        database.update(statements -> {
            int forgotten = 0;
            for (SnapshotName name : names) {
                forgotten += statements.update(
                        "DELETE FROM tm_remote_snapshot WHERE location = ? AND name = ?", location, name.toString());
            }
            return forgotten;
        });
    }
}
