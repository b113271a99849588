package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Translates columns and stored values to the names and values of JSON. Use it only on the thread of the reader. */
public final class StoredValues {
    private final Reader reader;
    private final Map<UUID, Optional<String>> lists = new HashMap<>();

    public StoredValues(Reader reader) {
        this.reader = reader;
    }

    /** Returns the name in JSON of the field in this column. */
    public static String field(String column) {
        return switch (column) {
            case "list_id" -> "list";
            case "created_at" -> "createdAt";
            default -> column;
        };
    }

    /**
     * Returns the value as in the JSON of an item. A list becomes its name, or {@code null} if the list does not exist.
     */
    public @Nullable Object json(String column, @Nullable Object value) {
        return switch (column) {
            case "done", "trashed" -> value instanceof Long number && number != 0;
            case "priority" ->
                value instanceof Long number ? Priority.ofStored(number).text() : ConflictLine.readable(value);
            case "created_at" ->
                value instanceof Long millis ? Instant.ofEpochMilli(millis).toString() : ConflictLine.readable(value);
            case "list_id" -> value instanceof byte[] id ? listName(id) : value;
            default -> ConflictLine.readable(value);
        };
    }

    private @Nullable String listName(byte[] id) {
        if (id.length != 16) {
            return null;
        }
        return lists.computeIfAbsent(
                        DerivedId.ofBytes(id),
                        list -> reader.first(Query.of("SELECT name FROM list WHERE id = ?", list)
                                .map(row -> ItemQueries.text(row, "name"))))
                .orElse(null);
    }
}
