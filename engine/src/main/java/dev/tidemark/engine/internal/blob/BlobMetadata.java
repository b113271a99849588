package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.sql.SqlAccess;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes durable notes about the blobs of one location in {@code tm_blob_metadata}. Thread-safe.
 *
 * @param location the storage's description, or {@link #LOCAL}
 */
public record BlobMetadata(SqlAccess database, String location) {
    /** The location of blobs on this device. */
    public static final String LOCAL = "";

    public enum Kind {
        /**
         * No row has referred to the blob since the note's time. The text is this replica's version vector at that
         * time.
         */
        UNUSED,
        /** A download failed. This device's record asks other devices to upload the blob again. */
        REQUESTED,
        /** This replica uploaded the blob again because another device asked for it. */
        REPAIRED
    }

    public record Note(Instant at, String text) {}

    private record Row(BlobId id, Note note) {}

    public Map<BlobId, Note> all(Kind kind) {
        return database.query(statements -> {
            List<Row> rows = statements.list(
                    "SELECT hash, noted, note FROM tm_blob_metadata WHERE location = ? AND kind = ?",
                    row -> new Row(
                            BlobId.of(row.getBytes(1)),
                            new Note(Instant.ofEpochMilli(row.getLong(2)), row.getString(3))),
                    location,
                    kind.name());
            Map<BlobId, Note> notes = new TreeMap<>();
            rows.forEach(row -> notes.put(row.id(), row.note()));
            return notes;
        });
    }

    public void update(Kind kind, Map<BlobId, Note> updated, Collection<BlobId> dropped) {
        if (updated.isEmpty() && dropped.isEmpty()) {
            return;
        }
        database.update(statements -> {
            for (BlobId id : dropped) {
                String delete = "DELETE FROM tm_blob_metadata WHERE location = ? AND hash = ? AND kind = ?";
                statements.update(delete, location, id.bytes(), kind.name());
            }
            for (Map.Entry<BlobId, Note> each : updated.entrySet()) {
                statements.update(
                        "INSERT OR REPLACE INTO tm_blob_metadata(location, hash, kind, noted, note) VALUES (?, ?,"
                                + " ?, ?, ?)",
                        location,
                        each.getKey().bytes(),
                        kind.name(),
                        each.getValue().at().toEpochMilli(),
                        each.getValue().text());
            }
            return 0;
        });
    }
}
