package dev.tidemark.app.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.jr.ob.JSON;

/**
 * One line of an import file. It has values for some fields of an item, and optionally the item's id. Fields that the
 * line lacks stay unchanged.
 */
final class ImportLine {
    private static final JSON STRICT = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);

    private final @Nullable UUID id;
    private final Map<String, @Nullable Object> values;

    private ImportLine(@Nullable UUID id, Map<String, @Nullable Object> values) {
        this.id = id;
        this.values = values;
    }

    /**
     * Reads and checks a line.
     *
     * @throws ProblemException if the line is not a JSON object with the fields of an item
     */
    static ImportLine parse(String line) {
        return of(object(line));
    }

    /**
     * Checks the fields of an item.
     *
     * @param fields the fields with the names and forms of {@link ItemJson#fields}
     * @throws ProblemException if a field is unknown or has an invalid value
     */
    static ImportLine of(Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> values.put(name, convert(name, value)));
        return new ImportLine((UUID) values.remove("id"), values);
    }

    private static Map<String, Object> object(String line) {
        try (JsonParser parser = STRICT.createParser(line)) {
            Map<String, Object> fields = STRICT.mapFrom(parser);
            if (fields != null && parser.nextToken() == null) {
                return fields;
            }
        } catch (JacksonException e) {
            throw new ProblemException(e, "import.json");
        }
        throw new ProblemException("import.json");
    }

    private static @Nullable Object convert(String name, @Nullable Object value) {
        return switch (name) {
            case "id" -> value == null ? null : id(text(name, value));
            case "kind" -> Kind.parse(text(name, value));
            case "title", "body" -> text(name, value);
            case "done", "trashed", "dismissed" -> flag(name, value);
            case "due" -> value == null ? null : Due.parse(text(name, value));
            case "repeat" -> value == null ? null : Repeat.parse(text(name, value));
            case "reminder" -> value == null ? null : Reminder.parse(text(name, value));
            case "priority" -> Priority.parse(text(name, value));
            case "list" -> value == null ? null : NameNormalizer.list(text(name, value));
            case "tags" -> tags(name, value);
            case "createdAt" -> instant(name, text(name, value));
            case "changedAt", "changedBy" -> null;
            default -> throw new ProblemException("import.unknown", name);
        };
    }

    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            // UUID.fromString also accepts groups that are too short.
            if (id.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(e, "import.id", text);
        }
        throw new ProblemException("import.id", text);
    }

    private static String text(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new ProblemException("import.text", name);
    }

    private static boolean flag(String name, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ProblemException("import.flag", name);
    }

    private static List<String> tags(String name, @Nullable Object value) {
        if (value instanceof Collection<?> names && names.stream().allMatch(String.class::isInstance)) {
            return names.stream().map(tag -> NameNormalizer.tag((String) tag)).toList();
        }
        throw new ProblemException("import.tags", name);
    }

    private static Instant instant(String name, String text) {
        try {
            Instant instant = Instant.parse(text);
            return Instant.ofEpochMilli(instant.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProblemException(e, "import.instant", name);
        }
    }

    /** Returns the item's id, or {@code null} for a new item. */
    @Nullable
    UUID id() {
        return id;
    }

    /** Returns the name of the item's list, or {@code null} if the line has none. */
    @Nullable
    String list() {
        return (String) values.get("list");
    }

    String title() {
        return valueOr("title", "");
    }

    boolean isNote() {
        return valueOr("kind", Kind.TODO) == Kind.NOTE;
    }

    /** Whether the item already has all values of this line. */
    boolean matches(Item item) {
        ImportLine current = parse(ItemJson.line(ItemJson.fields(new ItemDetails(item, null, null))));
        return values.entrySet().stream()
                .allMatch(entry -> Objects.equals(entry.getValue(), current.values.get(entry.getKey())));
    }

    /**
     * Creates the item.
     *
     * @param list the id of the list that the line names
     */
    void add(ItemWriter writer, UUID newId, @Nullable UUID list) {
        NewItem item = new NewItem(
                valueOr("kind", Kind.TODO),
                valueOr("title", ""),
                valueOr("body", ""),
                due(null),
                list,
                valueOr("tags", List.of()),
                valueOr("priority", Priority.NONE),
                (LocalDateTime) values.get("reminder"));
        writer.add(newId, item, (Instant) values.get("createdAt"));
        if (valueOr("dismissed", false)) {
            writer.dismiss(newId);
        }
        if (valueOr("done", false)) {
            writer.markDone(newId, true);
        }
        if (valueOr("trashed", false)) {
            writer.setTrashed(newId, true);
        }
    }

    /**
     * Writes the line's values to an existing item.
     *
     * @param list the id of the list that the line names
     */
    void update(ItemWriter writer, UUID item, @Nullable UUID list) {
        for (String name : values.keySet()) {
            switch (name) {
                case "kind" -> writer.setKind(item, valueOr(name, Kind.TODO));
                case "title" -> writer.setTitle(item, valueOr(name, ""));
                case "body" -> writer.setBody(item, valueOr(name, ""));
                case "done" -> writer.markDone(item, valueOr(name, false));
                case "due", "repeat" -> writer.setDue(item, due(writer.due(item)));
                case "reminder" -> writer.setReminder(item, (LocalDateTime) values.get(name));
                case "priority" -> writer.setPriority(item, valueOr(name, Priority.NONE));
                case "list" -> writer.setList(item, list);
                case "tags" -> writer.setTags(item, valueOr(name, List.of()));
                case "trashed" -> writer.setTrashed(item, valueOr(name, false));
                case "createdAt" -> writer.setCreatedAt(item, valueOr(name, Instant.EPOCH));
                case "dismissed" -> {
                    // This is written below, after the reminder that it refers to.
                }
                default -> {
                    // changedAt and changedBy are ignored, because the import is the last change.
                }
            }
        }
        if (valueOr("dismissed", false)) {
            writer.dismiss(item);
        }
    }

    /** Returns the new due date. The date or the repeat rule stays unchanged if the line lacks it. */
    private @Nullable Due due(@Nullable Due before) {
        Due date = values.containsKey("due") ? (Due) values.get("due") : before;
        Repeat rule = before == null ? null : before.repeat();
        Repeat repeat = values.containsKey("repeat") ? (Repeat) values.get("repeat") : rule;
        if (date != null) {
            return date.repeating(repeat);
        }
        if (values.get("repeat") != null) {
            throw new ProblemException("repeat.undated");
        }
        return null;
    }

    @SuppressWarnings("unchecked") // convert() has checked the type of each value
    private <T> T valueOr(String name, T otherwise) {
        Object value = values.get(name);
        return value == null ? otherwise : (T) value;
    }
}
