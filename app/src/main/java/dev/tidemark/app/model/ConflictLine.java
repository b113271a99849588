package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A conflict in one field of an item, as the commands print it. Immutable.
 *
 * @param id the id of the item, or of the list
 * @param field the field's name as in JSON; {@code *} for an edit concurrent with moving to the trash or with a delete
 */
public record ConflictLine(UUID id, String field, Version winner, Version loser) {
    private static final String TRASHED = "trashed";
    private static final int MAX_BYTES = 64;

    /**
     * One of the two versions.
     *
     * @param value the value as in JSON; for {@code *}, {@code "deleted"} or {@code "edited"}
     * @param at the time of the write, on the clock of the device that wrote it
     */
    public record Version(@Nullable Object value, ReplicaId replica, Instant at) {}

    public static ConflictLine of(Database database, Conflict conflict) {
        return database.read(reader -> new Translation(reader).line(conflict));
    }

    /** Returns text and numbers unchanged. Bytes become the hex digits of the first 64 bytes. */
    public static @Nullable Object readable(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES))
                : value;
    }

    public static List<ConflictLine> all(Database database) {
        List<Conflict> conflicts = open(database);
        return database.read(
                reader -> conflicts.stream().map(new Translation(reader)::line).toList());
    }

    /**
     * The unresolved conflicts that the user has to decide. Conflicts of texts that are shown merged are left out.
     * Conflicts of positions in a list are left out, too, because every device shows the winning position, and the user
     * can move the item again.
     */
    public static List<Conflict> open(Database database) {
        Map<UUID, String> merged = database.read(MergedTexts::texts);
        return database.conflicts().stream()
                .filter(conflict -> !conflict.column().equals("position") && !MergedTexts.isMerged(merged, conflict))
                .toList();
    }

    /** The conflicts of texts that are shown merged. */
    public static List<Conflict> merged(Database database) {
        Map<UUID, String> merged = database.read(MergedTexts::texts);
        return merged.isEmpty()
                ? List.of()
                : database.conflicts().stream()
                        .filter(conflict -> MergedTexts.isMerged(merged, conflict))
                        .toList();
    }

    /**
     * The {@linkplain #open open} conflicts that can be resolved now. For a deleted row, the user first decides whether
     * to restore the row. The conflicts in the row's fields, and in the tags and attachments of an item, appear only
     * after that.
     */
    public static List<Conflict> resolvable(Database database) {
        List<Conflict> open = open(database);
        Set<UUID> deleted = open.stream()
                .filter(conflict -> conflict.column().equals(Conflict.ROW)
                        && conflict.winner().delete())
                .map(Conflict::row)
                .collect(Collectors.toSet());
        return open.stream()
                .filter(conflict -> conflict.column().equals(Conflict.ROW) || !deleted.contains(conflict.row()))
                .filter(conflict -> !deleted.contains(conflict.row()) || !isOfDeletedItem(database, conflict))
                .toList();
    }

    private static boolean isOfDeletedItem(Database database, Conflict conflict) {
        return isPart(conflict)
                && database.retainedValues(conflict.table(), conflict.row()).get("item_id") instanceof byte[] item
                && database.optional(Query.of("SELECT id FROM item WHERE id = ?", item))
                        .isEmpty();
    }

    private static boolean isPart(Conflict conflict) {
        return conflict.table().equals("tag") || conflict.table().equals("attachment");
    }

    /**
     * The row that a conflict is about.
     *
     * @param id the item's id for an item, a tag or an attachment; otherwise the row's id
     * @param title the current or last known title or name; empty if unknown
     * @param isItem whether the row is an item that exists
     */
    public record Subject(UUID id, String title, boolean isItem) {}

    public static Subject subject(Database database, Conflict conflict) {
        String column = conflict.table().equals("item") ? "title" : "name";
        if (isPart(conflict)) {
            UUID item = database.read(
                    reader -> new Translation(reader).line(conflict).id());
            Optional<String> title = name(database, "item", "title", item);
            return new Subject(item, title.orElseGet(() -> storedName(database, conflict, column)), title.isPresent());
        }
        Optional<String> name = name(database, conflict.table(), column, conflict.row());
        return new Subject(
                conflict.row(),
                name.orElseGet(() -> storedName(database, conflict, column)),
                name.isPresent() && column.equals("title"));
    }

    /**
     * Reads the title or name of a row. The table and column names are constants of this class or come from the schema,
     * so they are safe in SQL.
     */
    private static Optional<String> name(Database database, String table, String column, UUID id) {
        return database.optional(Query.of("SELECT id, " + column + " AS name FROM \"" + table + "\" WHERE id = ?", id)
                .map(row -> Objects.requireNonNullElse(row.text("name"), "")));
    }

    private static String storedName(Database database, Conflict conflict, String column) {
        return database.retainedValues(conflict.table(), conflict.row()).get(column) instanceof String name ? name : "";
    }

    /** Translates tables, columns and stored values to the names and values of JSON. */
    private static final class Translation {
        private final Reader reader;
        private final StoredValues values;

        Translation(Reader reader) {
            this.reader = reader;
            values = new StoredValues(reader);
        }

        ConflictLine line(Conflict conflict) {
            return switch (conflict.table()) {
                case "tag" -> part(conflict, "tags");
                case "attachment" -> part(conflict, "attachments");
                default -> line(conflict, conflict.row(), field(conflict.column()));
            };
        }

        /** Returns the line of a tag or an attachment with the id of its item, if the item can be found. */
        private ConflictLine part(Conflict conflict, String field) {
            UUID item = reader.first(
                            Query.of("SELECT item_id AS id FROM " + conflict.table() + " WHERE id = ?", conflict.row())
                                    .map(ItemQueries::id))
                    .orElse(conflict.row());
            return line(conflict, item, field);
        }

        private ConflictLine line(Conflict conflict, UUID id, String field) {
            return new ConflictLine(
                    id, field, version(conflict, conflict.winner()), version(conflict, conflict.loser()));
        }

        private static String field(String column) {
            return column.equals(TRASHED) ? Conflict.ROW : StoredValues.field(column);
        }

        private Version version(Conflict conflict, Conflict.Version version) {
            return new Version(
                    value(conflict.column(), version),
                    version.dot().replica(),
                    Instant.ofEpochMilli(version.wallMillis()));
        }

        private @Nullable Object value(String column, Conflict.Version version) {
            return switch (column) {
                case Conflict.ROW -> version.delete() ? "deleted" : "edited";
                case TRASHED -> Boolean.TRUE.equals(values.json(column, version.value())) ? "deleted" : "edited";
                default -> values.json(column, version.value());
            };
        }
    }
}
