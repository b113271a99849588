package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import java.time.Instant;
import java.util.HashMap;
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
 * A conflict as people are shown it: of an item, in a field. Immutable.
 *
 * @param id the item, or the list
 * @param field the field's name as in JSON; {@code *} for an edit against a delete, to the trash or for good
 * @param winner what holds
 * @param loser what does not
 */
public record ConflictLine(UUID id, String field, Version winner, Version loser) {
    private static final String TRASHED = "trashed";
    private static final int MOST_BYTES = 64;

    /**
     * One of the two.
     *
     * @param value the value as in JSON; for {@code *}, {@code "deleted"} or {@code "edited"}
     * @param replica the device that wrote it
     * @param at when, on that device's clock
     */
    public record Version(@Nullable Object value, ReplicaId replica, Instant at) {}

    /** A value as text or number; bytes, which no field of a person has, as the hexadecimal digits of the first ones. */
    public static @Nullable Object readable(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_BYTES))
                : value;
    }

    /** All open conflicts, by item and field. */
    public static List<ConflictLine> all(Database database) {
        List<Conflict> conflicts = open(database);
        return database.read(reader -> new Translation(reader).lines(conflicts));
    }

    /**
     * The open conflicts that a person has something to say about. Where something stands in a list is none: moved on two devices at
     * once, it ends in one of the two places on both, and whoever minds moves it again.
     */
    public static List<Conflict> open(Database database) {
        return database.conflicts().stream()
                .filter(conflict -> !conflict.column().equals("position"))
                .toList();
    }

    /**
     * Those of the {@linkplain #open open} ones that can be decided now. While a row is deleted there is one question: whether it is to
     * come back. What else stands against each other within it is asked then; so is whether a tag or an attachment of a deleted
     * item is to come back.
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
                && database.list(Query.of("SELECT id FROM item WHERE id = ?", item))
                        .isEmpty();
    }

    private static boolean isPart(Conflict conflict) {
        return conflict.table().equals("tag") || conflict.table().equals("attachment");
    }

    /**
     * What a conflict is about.
     *
     * @param id the item, of a tag or an attachment, too; else the row
     * @param title what it is called, or was when it was deleted; empty if nobody knows
     * @param isItem whether it is an item that is there
     */
    public record Subject(UUID id, String title, boolean isItem) {}

    /** What this conflict is about. */
    public static Subject subject(Database database, Conflict conflict) {
        String column = conflict.table().equals("item") ? "title" : "name";
        if (isPart(conflict)) {
            ConflictLine line = database.read(reader -> new Translation(reader).lines(List.of(conflict)))
                    .getFirst();
            List<String> titles = names(database, "item", "title", line.id());
            return new Subject(
                    line.id(),
                    titles.isEmpty() ? kept(database, conflict, column) : titles.getFirst(),
                    !titles.isEmpty());
        }
        List<String> names = names(database, conflict.table(), column, conflict.row());
        boolean isThere = !names.isEmpty();
        return new Subject(
                conflict.row(),
                isThere ? names.getFirst() : kept(database, conflict, column),
                isThere && column.equals("title"));
    }

    /** Names come into SQL from the schema and from here, and from nowhere else. */
    private static List<String> names(Database database, String table, String column, UUID id) {
        return database.list(Query.of("SELECT id, " + column + " AS name FROM \"" + table + "\" WHERE id = ?", id)
                .map(row -> Objects.requireNonNullElse(row.text("name"), "")));
    }

    private static String kept(Database database, Conflict conflict, String column) {
        return database.retainedValues(conflict.table(), conflict.row()).get(column) instanceof String name ? name : "";
    }

    /** Turns what the engine says of rows and columns into what people know. */
    private static final class Translation {
        private final Reader reader;
        private final Map<UUID, Optional<String>> lists = new HashMap<>();

        Translation(Reader reader) {
            this.reader = reader;
        }

        List<ConflictLine> lines(List<Conflict> conflicts) {
            return conflicts.stream().map(this::line).toList();
        }

        private ConflictLine line(Conflict conflict) {
            return switch (conflict.table()) {
                case "tag" -> part(conflict, "tags");
                case "attachment" -> part(conflict, "attachments");
                default ->
                    new ConflictLine(
                            conflict.row(),
                            field(conflict.column()),
                            side(conflict, conflict.winner()),
                            side(conflict, conflict.loser()));
            };
        }

        /** A tag or an attachment is shown as a field of its item, where that can be found. */
        private ConflictLine part(Conflict conflict, String field) {
            UUID item = reader
                    .list(Query.of("SELECT item_id FROM " + conflict.table() + " WHERE id = ?", conflict.row())
                            .map(row -> Objects.requireNonNull(row.uuid("item_id"))))
                    .stream()
                    .findFirst()
                    .orElse(conflict.row());
            return new ConflictLine(item, field, side(conflict, conflict.winner()), side(conflict, conflict.loser()));
        }

        private static String field(String column) {
            return switch (column) {
                case TRASHED -> Conflict.ROW;
                case "list_id" -> "list";
                case "created_at" -> "createdAt";
                default -> column;
            };
        }

        private Version side(Conflict conflict, Conflict.Version side) {
            return new Version(
                    value(conflict.column(), side), side.dot().replica(), Instant.ofEpochMilli(side.wallMillis()));
        }

        private @Nullable Object value(String column, Conflict.Version side) {
            @Nullable Object value = side.value();
            return switch (column) {
                case Conflict.ROW -> side.delete() ? "deleted" : "edited";
                case TRASHED -> isTrue(value) ? "deleted" : "edited";
                case "done" -> isTrue(value);
                case "priority" ->
                    value instanceof Long number ? Priority.ofStored(number).text() : readable(value);
                case "created_at" ->
                    value instanceof Long millis ? Instant.ofEpochMilli(millis).toString() : readable(value);
                case "list_id" -> value instanceof byte[] id ? listName(id) : value;
                default -> readable(value);
            };
        }

        private static boolean isTrue(@Nullable Object value) {
            return value instanceof Long number && number != 0;
        }

        private @Nullable String listName(byte[] id) {
            if (id.length != 16) {
                return null;
            }
            java.nio.ByteBuffer bits = java.nio.ByteBuffer.wrap(id);
            return lists.computeIfAbsent(
                            new UUID(bits.getLong(), bits.getLong()),
                            list -> reader
                                    .list(Query.of("SELECT name FROM list WHERE id = ?", list)
                                            .map(row -> Objects.requireNonNull(row.text("name"))))
                                    .stream()
                                    .findFirst())
                    .orElse(null);
        }
    }
}
