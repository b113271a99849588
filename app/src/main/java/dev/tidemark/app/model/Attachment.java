package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.blob.BlobId;
import java.util.Objects;
import java.util.UUID;

/**
 * A file attached to an item. The bytes are a blob of the database, which may not be downloaded to this device yet.
 * Immutable.
 *
 * @param name the file name as a device wrote it, which may be harmful. Use {@link #safeName} to create a file
 * @param size the length in bytes, as recorded by the device that attached the file
 */
public record Attachment(UUID id, UUID itemId, String name, BlobId content, long size) {
    private static final String SELECT = "SELECT id, item_id, name, content, size FROM attachment";

    /** Filters out rows whose content is not a blob id, because other programs can write to the table, too. */
    private static final String SOUND = " typeof(content) = 'blob' AND length(content) = 32";

    /** The attachments of an item, ordered by name. */
    public static Query<Attachment> of(UUID item) {
        return Query.of(SELECT + " WHERE item_id = ? AND" + SOUND + " ORDER BY name, id", item)
                .map(Attachment::read);
    }

    public static Query<Attachment> withId(UUID id) {
        return Query.of(SELECT + " WHERE id = ? AND" + SOUND, id).map(Attachment::read);
    }

    public static long count(Database database) {
        return database.one(
                Query.of("SELECT 1 AS id, count(*) AS many FROM attachment").map(row -> row.integer("many")));
    }

    /** Whether an attachment refers to a blob whose hash begins with these hex digits. */
    static boolean isReferredTo(Database database, String begin) {
        return database.optional(Query.of(
                        "SELECT id FROM attachment WHERE lower(substr(hex(content), 1, length(?1))) = ?1 LIMIT 1",
                        begin))
                .isPresent();
    }

    private static Attachment read(Row row) {
        return new Attachment(
                ItemQueries.id(row),
                Objects.requireNonNull(row.uuid("item_id")),
                Objects.requireNonNullElse(row.text("name"), ""),
                BlobId.of(Objects.requireNonNull(row.blob("content"))),
                row.integer("size"));
    }

    /**
     * Returns the file name, changed if necessary so that every operating system accepts it and it contains no folder.
     */
    public String safeName() {
        return NameNormalizer.file(name);
    }

    /** Returns the name under which a file with this path is attached. */
    public static String nameOf(String file) {
        return NameNormalizer.file(file);
    }
}
