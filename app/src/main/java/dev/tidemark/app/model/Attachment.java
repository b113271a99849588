package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.blob.BlobId;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that belongs to an item. What is in it is one of the database's blobs, on this device or to be fetched. Immutable.
 *
 * @param id its id
 * @param itemId the item
 * @param name what it is called; may come from any device: use {@link #safeName} for a file
 * @param content what is in it
 * @param size its length in bytes, as whoever attached it said
 */
public record Attachment(UUID id, UUID itemId, String name, BlobId content, long size) {
    private static final String SELECT = "SELECT id, item_id, name, content, size FROM attachment";

    /** What may stand there though it refers to nothing; other programs write tables, too. */
    private static final String SOUND = " typeof(content) = 'blob' AND length(content) = 32";

    /** Those of an item, by name. */
    public static Query<Attachment> of(UUID item) {
        return Query.of(SELECT + " WHERE item_id = ? AND" + SOUND + " ORDER BY name, id", item)
                .map(Attachment::read);
    }

    /** One of them; no row if there is none. */
    public static Query<Attachment> withId(UUID id) {
        return Query.of(SELECT + " WHERE id = ? AND" + SOUND, id).map(Attachment::read);
    }

    /** How many there are, of all items. */
    public static long count(Database database) {
        return database.list(Query.of("SELECT 1 AS id, count(*) AS many FROM attachment")
                        .map(row -> row.integer("many")))
                .getFirst();
    }

    /** Whether a row has a content whose hash begins with these hex digits. */
    static boolean isReferredTo(Database database, String begin) {
        return !database.list(Query.of(
                                "SELECT id FROM attachment WHERE lower(substr(hex(content), 1, length(?1))) = ?1 LIMIT"
                                        + " 1",
                                begin)
                        .map(row -> begin))
                .isEmpty();
    }

    private static Attachment read(Row row) {
        return new Attachment(
                Objects.requireNonNull(row.uuid("id")),
                Objects.requireNonNull(row.uuid("item_id")),
                Objects.requireNonNullElse(row.text("name"), ""),
                BlobId.of(Objects.requireNonNull(row.blob("content"))),
                row.integer("size"));
    }

    /** A name under which it can be saved on any system, in whichever folder. */
    public String safeName() {
        return NameNormalizer.file(name);
    }

    /** What a file is called once it is attached. */
    public static String nameOf(String file) {
        return NameNormalizer.file(file);
    }
}
