package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queries of the application, for reading once or for subscribing. Thread-safe. */
public final class ItemQueries {
    /** The person's own order, in which what was never moved stands where the time it was made puts it, newest first. */
    private static final String OWN_ORDER =
            "coalesce(i.position, " + Positions.sqlOfTime("i.created_at") + "), i.id DESC";

    private static final String ORDER = " ORDER BY i.done, " + OWN_ORDER;

    private static final String ORDER_BY_DUE = " ORDER BY i.done, i.due, i.created_at DESC, i.id DESC";

    private static final String FROM = " FROM item i LEFT JOIN list l ON l.id = i.list_id ";

    /** Hexadecimal, because a tag's name may contain any separator. */
    private static final String TAGS = "(SELECT group_concat(hex(t.name)) FROM tag t WHERE t.item_id = i.id) AS tags";

    private static final String ITEM_COLUMNS = "SELECT i.id AS id, i.kind AS kind, i.title AS title, i.body AS body,"
            + " i.done AS done, i.due AS due, i.list_id AS list_id, l.name AS list_name, i.trashed AS trashed,"
            + " i.created_at AS created_at, i.priority AS priority, i.position AS position, " + TAGS;

    private static final String ROW_COLUMNS = "SELECT i.id AS id, i.kind AS kind, i.title AS title,"
            + " substr(i.body, 1, 200) AS excerpt, i.done AS done, i.due AS due, i.list_id AS list_id,"
            + " l.name AS list_name, i.trashed AS trashed, i.priority AS priority, " + TAGS;

    private ItemQueries() {}

    /** One item, trashed or not; no row if there is none. */
    public static Query<Item> item(UUID id) {
        return Query.of(ITEM_COLUMNS + FROM + "WHERE i.id = ?", id).map(ItemQueries::readItem);
    }

    /**
     * What a list shows, in its order.
     *
     * @param withDone whether items that are ticked off are shown, too, after the others
     */
    public static Query<ItemRow> rows(ItemView view, boolean withDone) {
        Filter filter = filter(view, withDone);
        String order = view instanceof ItemView.Today ? ORDER_BY_DUE : ORDER;
        return filter.query(ROW_COLUMNS + FROM, order).map(ItemQueries::readRow);
    }

    /**
     * Whole items of all lists or of one.
     *
     * @param list only those of this list; {@code null} for all
     * @param withDone whether items that are ticked off are part of it
     * @param trashed whether to take what is in the trash, instead of what is not
     */
    public static Query<Item> items(@Nullable UUID list, boolean withDone, boolean trashed) {
        Filter filter = new Filter().with(trashed ? "i.trashed <> 0" : "i.trashed = 0");
        if (!withDone) {
            filter.with("i.done = 0");
        }
        if (list != null) {
            filter.with("i.list_id = ?", list);
        }
        return filter.query(ITEM_COLUMNS + FROM, ORDER).map(ItemQueries::readItem);
    }

    /**
     * Every item there is, done, trashed and all, by id, in pages for reading without holding all of them.
     *
     * @param after the last id of the page before; {@code null} for the first page
     * @param limit how many at most
     */
    public static Query<Item> page(@Nullable UUID after, int limit) {
        Filter filter = new Filter();
        if (after != null) {
            filter.with("i.id > ?", after);
        }
        return filter.query(ITEM_COLUMNS + FROM, " ORDER BY i.id LIMIT " + limit)
                .map(ItemQueries::readItem);
    }

    /** The person's lists in their order, with the number of open items in each. */
    public static Query<ItemList> lists() {
        return Query.of("SELECT l.id AS id, l.name AS name, l.color AS color, l.icon AS icon, (SELECT count(*) FROM"
            + " item i WHERE i.list_id = l.id AND i.trashed = 0 AND i.done = 0) AS open FROM list l ORDER BY"
            + " coalesce(l.position, 'zz'), l.name, l.id")
                .map(row -> new ItemList(
                        id(row),
                        Objects.requireNonNullElse(row.text("name"), ""),
                        row.text("color"),
                        row.text("icon"),
                        (int) row.integer("open")));
    }

    /** One row with the numbers beside the smart lists. */
    public static Query<SidebarCounts> counts(LocalDate today) {
        return Query.of(
                        "SELECT 0 AS id, total(i.trashed = 0 AND i.done = 0 AND l.id IS NULL) AS inbox,"
                                + " total(i.trashed = 0 AND i.done = 0 AND i.due < ?) AS today,"
                                + " total(i.trashed = 0 AND i.done = 0) AS \"all\","
                                + " total(i.trashed = 0 AND i.kind = 'note') AS notes,"
                                + " total(i.trashed <> 0) AS trash" + FROM,
                        today.plusDays(1).toString())
                .map(row -> new SidebarCounts(
                        (int) row.real("inbox"),
                        (int) row.real("today"),
                        (int) row.real("all"),
                        (int) row.real("notes"),
                        (int) row.real("trash")));
    }

    private static Filter filter(ItemView view, boolean withDone) {
        if (view instanceof ItemView.Conflicts conflicts) {
            String places =
                    String.join(", ", Collections.nCopies(conflicts.items().size(), "?"));
            return new Filter()
                    .with("i.id IN (" + places + ")", conflicts.items().toArray());
        }
        Filter filter = new Filter().with(view instanceof ItemView.Trash ? "i.trashed <> 0" : "i.trashed = 0");
        if (!withDone && !(view instanceof ItemView.Trash)) {
            filter.with("i.done = 0");
        }
        switch (view) {
            case ItemView.Inbox inbox -> filter.with("l.id IS NULL");
            case ItemView.Today today -> {
                String day = today.date().toString();
                filter.with("i.due < ?", today.date().plusDays(1).toString()).with("(i.done = 0 OR i.due >= ?)", day);
            }
            case ItemView.Notes notes -> filter.with("i.kind = 'note'");
            case ItemView.OfList list -> filter.with("i.list_id = ?", list.id());
            case ItemView.All all -> {}
            case ItemView.Trash trash -> {}
            case ItemView.Conflicts conflicts -> {}
        }
        return filter;
    }

    private static Item readItem(Row row) {
        return new Item(
                id(row),
                Kind.ofStored(text(row, "kind")),
                text(row, "title"),
                text(row, "body"),
                Priority.ofStored(row.integer("priority")),
                row.bool("done"),
                Due.ofStored(row.text("due")),
                row.uuid("list_id"),
                row.text("list_name"),
                tags(row),
                row.bool("trashed"),
                Instant.ofEpochMilli(row.integer("created_at")),
                row.text("position"));
    }

    private static ItemRow readRow(Row row) {
        return new ItemRow(
                id(row),
                Kind.ofStored(text(row, "kind")),
                text(row, "title"),
                text(row, "excerpt"),
                Priority.ofStored(row.integer("priority")),
                row.bool("done"),
                Due.ofStored(row.text("due")),
                row.uuid("list_id"),
                row.text("list_name"),
                tags(row),
                row.bool("trashed"));
    }

    private static UUID id(Row row) {
        return Objects.requireNonNull(row.uuid("id"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.text(column));
    }

    private static List<String> tags(Row row) {
        String names = row.text("tags");
        if (names == null) {
            return List.of();
        }
        HexFormat hex = HexFormat.of().withUpperCase();
        return Arrays.stream(names.split(",", -1))
                .map(name -> new String(hex.parseHex(name), StandardCharsets.UTF_8))
                .sorted()
                .distinct()
                .toList();
    }

    /** Conditions with their parameters. */
    private static final class Filter {
        private final List<String> conditions = new ArrayList<>();
        private final List<@Nullable Object> parameters = new ArrayList<>();

        Filter with(String condition, @Nullable Object... values) {
            conditions.add(condition);
            parameters.addAll(Arrays.asList(values));
            return this;
        }

        Query<Row> query(String select, String order) {
            String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
            return Query.of(select + where + order, parameters.toArray());
        }
    }
}
