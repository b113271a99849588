package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.ImportedItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Collects the items of a source, and reports about content that cannot be mapped. Not thread-safe. */
final class ImportBuilder {
    private static final int EXAMPLES = 3;

    /**
     * The maximum number of different reports. It is limited because a hostile file could have a new field in each
     * line.
     */
    private static final int MAX_REPORTED = 200;

    private static final int MAX_DETAIL = 80;

    private final String origin;
    private final List<ImportedItem> items = new ArrayList<>();
    private final Set<Object> ids = new HashSet<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<List<Object>, Unmapped> unmapped = new LinkedHashMap<>();

    /** @param origin the result of {@link ImportFormat#origin} */
    ImportBuilder(String origin) {
        this.origin = origin;
    }

    /** Adds an item. If the source has a second item with the same id, reports the second item instead. */
    void add(ItemFields item) {
        if (ids.add(item.id())) {
            items.add(item.build());
        } else {
            report(Unmapped.Reason.ENTRY, item.id().toString(), item.title());
        }
    }

    /** Returns the id of the item that the source identifies by this key. */
    UUID id(String key) {
        return DerivedId.imported(origin, key);
    }

    /**
     * Returns the id of an item without a key, derived from the item's content. Items with equal content get different
     * ids.
     */
    UUID idOfContent(String content) {
        int number = keys.merge(content, 1, Integer::sum);
        return id(content + "/" + number);
    }

    /** Reports content that is left out. */
    void report(Unmapped.Reason reason, String detail, String title) {
        String brief = detail.codePointCount(0, detail.length()) > MAX_DETAIL
                ? detail.substring(0, detail.offsetByCodePoints(0, MAX_DETAIL)) + "…"
                : detail;
        List<Object> key = List.of(reason, brief);
        if (unmapped.size() >= MAX_REPORTED && !unmapped.containsKey(key)) {
            key = List.of(reason, "…");
            brief = "…";
        }
        unmapped.merge(
                key, new Unmapped(reason, brief, 1, title.isBlank() ? List.of() : List.of(title)), ImportBuilder::sum);
    }

    private static Unmapped sum(Unmapped one, Unmapped other) {
        List<String> examples = new ArrayList<>(one.examples());
        if (examples.size() < EXAMPLES) {
            examples.addAll(other.examples());
        }
        return new Unmapped(one.reason(), one.detail(), one.count() + other.count(), List.copyOf(examples));
    }

    List<ImportedItem> items() {
        return items;
    }

    List<Unmapped> unmapped() {
        return List.copyOf(unmapped.values());
    }
}
