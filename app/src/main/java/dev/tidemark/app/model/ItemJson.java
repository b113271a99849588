package dev.tidemark.app.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/** Items as JSON: one object on one line, with every field. Scripts depend on this form. */
public final class ItemJson {
    private static final JSON JSON_LINE = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private ItemJson() {}

    /** The fields of an item, in their fixed order. */
    public static Map<String, @Nullable Object> fields(ItemDetails details) {
        Item item = details.item();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", item.id().toString());
        fields.put("kind", item.kind().text());
        fields.put("title", item.title());
        fields.put("body", item.body());
        fields.put("done", item.done());
        fields.put("due", item.due() == null ? null : item.due().toString());
        fields.put("repeat", repeat(item.due()));
        Reminder reminder = item.reminder();
        fields.put("reminder", reminder == null ? null : Reminder.text(reminder.at()));
        fields.put("dismissed", reminder != null && reminder.dismissed());
        fields.put("priority", item.priority().text());
        // An import rejects empty names, but another device may have written one.
        String list = item.list();
        fields.put("list", list != null && NameNormalizer.isList(list) ? list : null);
        fields.put("tags", item.tags().stream().filter(NameNormalizer::isTag).toList());
        fields.put("trashed", item.trashed());
        fields.put("createdAt", item.createdAt().toString());
        fields.put("changedAt", text(details.changedAt()));
        fields.put("changedBy", details.changedBy());
        return fields;
    }

    /**
     * The fields as one line of JSON, {@code null} values included. {@link HarmfulCharacters} are escaped because the
     * line may be printed to a terminal.
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

    private static @Nullable String repeat(@Nullable Due due) {
        return due == null || due.repeat() == null ? null : due.repeat().toString();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
