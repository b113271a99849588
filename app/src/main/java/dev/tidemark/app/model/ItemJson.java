package dev.tidemark.app.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/** Writes an item as JSON, which is one object on one line with every field. Scripts depend on this form. */
public final class ItemJson {
    private static final JSON JSON_LINE = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private ItemJson() {}

    /** Returns the fields of an item in their fixed order. */
    public static Map<String, @Nullable Object> fields(ItemDetails details) {
        Item item = details.item();
        Due due = item.due();
        Repeat repeat = due == null ? null : due.repeat();
        Reminder reminder = item.reminder();
        String list = item.list();
        Instant changedAt = details.changedAt();
        return object(
                "id", item.id().toString(),
                "kind", item.kind().text(),
                "title", item.title(),
                "body", item.body(),
                "done", item.done(),
                "due", due == null ? null : due.toString(),
                "repeat", repeat == null ? null : repeat.toString(),
                "reminder", reminder == null ? null : Reminder.text(reminder.at()),
                "dismissed", reminder != null && reminder.dismissed(),
                "priority", item.priority().text(),
                // An import rejects empty names, but another device may have written one.
                "list", list != null && NameNormalizer.isList(list) ? list : null,
                "tags", item.tags().stream().filter(NameNormalizer::isTag).toList(),
                "trashed", item.trashed(),
                "createdAt", item.createdAt().toString(),
                "changedAt", changedAt == null ? null : changedAt.toString(),
                "changedBy", details.changedBy());
    }

    /**
     * Returns the fields as one line of JSON, including {@code null} values. {@link HarmfulCharacters} are escaped,
     * because the line may be printed to a terminal.
     */
    public static String line(Map<String, ? extends @Nullable Object> fields) {
        String json = JSON_LINE.asString(fields);
        if (json.codePoints().noneMatch(HarmfulCharacters::contain)) {
            return json;
        }
        // Such characters occur only inside JSON strings, where an escape is valid.
        StringBuilder safe = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(character -> {
            if (HarmfulCharacters.contain(character)) {
                safe.append(HarmfulCharacters.escape(character));
            } else {
                safe.appendCodePoint(character);
            }
        });
        return safe.toString();
    }

    /**
     * Returns an object with these fields, in this order.
     *
     * @param namesAndValues a name, the value of that field, the next name and so on
     */
    public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            fields.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return fields;
    }
}
