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
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The application's queries on items, which can be read once or subscribed to. Thread-safe. */
public final class ItemQueries {
    private static final String ORDER = " ORDER BY " + Sort.OWN.sql();

    static final int MAX_RESULTS = 500;

    /**
     * The number of characters at the beginning of the body in which a search looks for its first word to place the
     * excerpt.
     */
    private static final int LOOKED_THROUGH = 20_000;

    private static final String FROM = " FROM item i LEFT JOIN list l ON l.id = i.list_id ";

    private static final String LOCAL = "LEFT JOIN item_local c ON c.item_id = i.id ";

    /** The text that users see. This is the stored text, or a merge of concurrent versions. */
    static final String BODY = "coalesce((SELECT m.body FROM item_merged m WHERE m.item_id = i.id), i.body)";

    /** The names are hexadecimal, because a tag's name may contain any separator. */
    private static final String TAGS = "(SELECT group_concat(hex(t.name)) FROM tag t WHERE t.item_id = i.id) AS tags";

    private static final String ITEM_COLUMNS =
            "SELECT i.id AS id, i.kind AS kind, i.title AS title, " + BODY + " AS body, i.done AS done, i.due AS due,"
                    + " i.reminder AS reminder, i.dismissed AS"
                    + " dismissed, i.snoozed AS snoozed,"
                    + " i.list_id AS list_id, l.name AS"
                    + " list_name, i.trashed AS trashed,"
                    + " i.created_at AS created_at, i.priority"
                    + " AS priority, i.position AS position, "
                    + TAGS;

    private static final String BEGINNING = "substr(" + BODY + ", 1, 200)";

    private static final String ROW_COLUMNS = "SELECT i.id AS id, i.kind AS kind, i.title AS title, "
            + BEGINNING + " AS excerpt, i.done AS done, i.due AS due, i.list_id AS list_id,"
            + " l.name AS list_name, i.trashed AS trashed, i.priority AS priority, " + TAGS;

    /** To save memory, rows with equal values share one object. */
    private static final Interner<String, Due> DUES = new Interner<>(Due::ofStored);

    private static final Interner<String, List<String>> TAG_LISTS = new Interner<>(ItemQueries::readTags);

    private static final Interner<UUID, UUID> LIST_IDS = new Interner<>(id -> id);

    private ItemQueries() {}

    /** One item, which may be in the trash. No row if the item does not exist. */
    public static Query<Item> item(UUID id) {
        return Query.of(ITEM_COLUMNS + FROM + "WHERE i.id = ?", id).map(ItemQueries::readItem);
    }

    /**
     * The rows of a view in its default order.
     *
     * @param withDone whether completed items follow the open ones
     */
    public static Query<ItemRow> rows(ItemSource view, boolean withDone) {
        return rows(view, ViewOptions.of(view).withDone(withDone));
    }

    /** All rows of a view, in the order of its options. */
    public static Query<ItemRow> rows(ItemSource view, ViewOptions arrangement) {
        return rows(view, arrangement, 0, Integer.MAX_VALUE);
    }

    /**
     * A page of the rows of a view, in the order of its options.
     *
     * @param from the number of rows before the page
     * @param limit the maximum number of rows
     */
    public static Query<ItemRow> rows(ItemSource view, ViewOptions arrangement, int from, int limit) {
        if (view instanceof ItemSource.SearchResults found) {
            return found(Search.parse(found.text(), found.today()), arrangement, from, limit);
        }
        return ordered(ROW_COLUMNS, view, arrangement, part(from, limit)).map(ItemQueries::readRow);
    }

    /**
     * The id, title and state of all items of a view, in the order of its options. A search returns only the newest
     * {@link #MAX_RESULTS}.
     */
    public static Query<ItemSummary> summaries(ItemSource view, ViewOptions arrangement) {
        if (view instanceof ItemSource.SearchResults found) {
            return found(Search.parse(found.text(), found.today()), arrangement, 0, Integer.MAX_VALUE)
                    .map(ItemSummary::of);
        }
        return ordered("SELECT i.id AS id, i.title AS title, i.done AS done", view, arrangement, "")
                .as(ItemSummary.class);
    }

    private static Query<Row> ordered(String columns, ItemSource view, ViewOptions arrangement, String part) {
        String local = arrangement.sort().needsLocal() ? LOCAL : "";
        return conditions(view, arrangement.withDone())
                .and(arrangement)
                .query(columns + FROM + local, " ORDER BY " + arrangement.sort().sql() + part);
    }

    /** One row with the number of items in a view. */
    public static Query<Integer> count(ItemSource view, ViewOptions arrangement) {
        if (view instanceof ItemSource.SearchResults found) {
            Search search = Search.parse(found.text(), found.today());
            WhereClause conditions = SearchSql.of(search, true).and(arrangement);
            return Query.of(
                            "SELECT 0 AS id, count(*) AS number FROM (SELECT c.number" + SearchSql.from(search)
                                    + conditions.where() + " LIMIT " + MAX_RESULTS + ")",
                            conditions.parameters().toArray())
                    .alsoReading("item")
                    .map(ItemQueries::number);
        }
        WhereClause conditions = conditions(view, arrangement.withDone()).and(arrangement);
        if (isCounted(view) && !arrangement.filters()) {
            return conditions
                    .query(
                            "SELECT 0 AS id, coalesce(sum(i.number), 0) AS number"
                                    + " FROM item_count i LEFT JOIN list l ON l.id = i.list_id",
                            "")
                    .alsoReading("item")
                    .map(ItemQueries::number);
        }
        return conditions
                .query(
                        "SELECT 0 AS id, count(*) AS number"
                                + (view instanceof ItemSource.Inbox ? FROM : " FROM item i"),
                        "")
                .map(ItemQueries::number);
    }

    /** The number of open items in Upcoming that are due before a day: the index of the day's first row. */
    public static Query<Integer> countBefore(LocalDate day, ItemSource.Upcoming view, ViewOptions arrangement) {
        return conditions(view, false)
                .and(arrangement)
                .and("i.due < ?", day.toString())
                .query("SELECT 0 AS id, count(*) AS number FROM item i", "")
                .map(ItemQueries::number);
    }

    /** Whether {@code item_count} suffices to count the items of the view. */
    private static boolean isCounted(ItemSource view) {
        return switch (view) {
            case ItemSource.Inbox _, ItemSource.All _, ItemSource.Notes _ -> true;
            case ItemSource.Completed _, ItemSource.Trash _, ItemSource.OfList _ -> true;
            case ItemSource.Today _, ItemSource.Upcoming _, ItemSource.OfTag _ -> false;
            case ItemSource.Conflicts _, ItemSource.SearchResults _ -> false;
            case ItemSource.History _, ItemSource.Checkpoints _, ItemSource.Devices _, ItemSource.Activity _ -> false;
        };
    }

    private static int number(Row row) {
        return (int) row.integer("number");
    }

    private static String part(int from, int limit) {
        return " LIMIT " + limit + " OFFSET " + from;
    }

    private static Query<ItemRow> found(Search search, ViewOptions arrangement, int from, int limit) {
        WhereClause conditions = SearchSql.of(search, true).and(arrangement);
        List<@Nullable Object> parameters = new ArrayList<>();
        String columns = ROW_COLUMNS;
        if (!search.words().isEmpty()) {
            // The excerpt starts shortly before the first occurrence of the first word, if the body contains it.
            columns = columns.replace(
                    BEGINNING,
                    "substr(" + BODY + ", max(1, instr(lower(substr(" + BODY + ", 1, " + LOOKED_THROUGH
                            + ")), ?) - 30), 200)");
            parameters.add(search.words().getFirst().toLowerCase(Locale.ROOT));
        }
        parameters.addAll(conditions.parameters());
        String numbers = "SELECT c.number AS number" + SearchSql.from(search) + conditions.where() + " ORDER BY "
                + SearchSql.newestFirst(search) + " LIMIT " + MAX_RESULTS;
        return Query.of(
                        columns + " FROM (" + numbers + ") n JOIN item_local c ON c.number = n.number"
                                + " JOIN item i ON i.id = c.item_id LEFT JOIN list l ON l.id = i.list_id ORDER BY "
                                + arrangement.sort().sql() + part(from, limit),
                        parameters.toArray())
                .alsoReading("item")
                .map(ItemQueries::readRow);
    }

    /**
     * The full items that match a search.
     *
     * @param list the list of the items; {@code null} for all items
     * @param withDone whether completed items are included even if the search does not ask for them
     * @param trashed whether to return the items in the trash instead of the others
     */
    public static Query<Item> found(Search search, @Nullable UUID list, boolean withDone, boolean trashed) {
        WhereClause conditions = SearchSql.of(search, withDone, trashed);
        if (list != null) {
            conditions.and("i.list_id = ?", list);
        }
        String from = SearchSql.from(search) + " LEFT JOIN list l ON l.id = i.list_id ";
        return conditions.query(ITEM_COLUMNS + from, ORDER).alsoReading("item").map(ItemQueries::readItem);
    }

    /**
     * The full items of one list, or of all lists.
     *
     * @param list the list of the items; {@code null} for all items
     * @param trashed whether to return the items in the trash instead of the others
     */
    public static Query<Item> items(@Nullable UUID list, boolean withDone, boolean trashed) {
        WhereClause filter = new WhereClause().and(trashed ? "i.trashed <> 0" : "i.trashed = 0");
        if (!withDone) {
            filter.and("i.done = 0");
        }
        if (list != null) {
            filter.and("i.list_id = ?", list);
        }
        return filter.query(ITEM_COLUMNS + FROM, ORDER).map(ItemQueries::readItem);
    }

    /**
     * A page of all items, ordered by id. Includes completed items and items in the trash.
     *
     * @param after the last id of the previous page; {@code null} for the first page
     */
    public static Query<Item> page(@Nullable UUID after, int limit) {
        WhereClause filter = new WhereClause();
        if (after != null) {
            filter.and("i.id > ?", after);
        }
        return filter.query(ITEM_COLUMNS + FROM, " ORDER BY i.id LIMIT " + limit)
                .map(ItemQueries::readItem);
    }

    /** The open items whose reminder is not dismissed, the earliest reminder first. The reminder may be in the past. */
    public static Query<Item> reminders() {
        return new WhereClause()
                .and("i.reminder IS NOT NULL")
                .and("i.dismissed IS NOT i.reminder")
                // The plus keeps SQLite from scanning the index of open items, of which only few have a reminder.
                .and("+i.trashed = 0")
                .and("+i.done = 0")
                .query(ITEM_COLUMNS + FROM, " ORDER BY i.reminder, i.id")
                .map(ItemQueries::readItem);
    }

    /** The names of all tags of items that are not in the trash, the most used first. */
    public static Query<String> tagNames() {
        return Query.of("SELECT t.name AS name FROM tag t JOIN item i ON i.id = t.item_id WHERE i.trashed = 0"
                        + " GROUP BY t.name ORDER BY count(*) DESC, t.name")
                .map(row -> text(row, "name"));
    }

    private static WhereClause conditions(ItemSource view, boolean withDone) {
        if (view instanceof ItemSource.Conflicts conflicts) {
            String placeholders =
                    String.join(", ", Collections.nCopies(conflicts.items().size(), "?"));
            return new WhereClause()
                    .and("i.id IN (" + placeholders + ")", conflicts.items().toArray());
        }
        if (view instanceof ItemSource.History
                || view instanceof ItemSource.Checkpoints
                || view instanceof ItemSource.Devices
                || view instanceof ItemSource.Activity) {
            return new WhereClause().and("i.id IN ()");
        }
        boolean trash = view instanceof ItemSource.Trash;
        WhereClause conditions = new WhereClause().and(trash ? "i.trashed <> 0" : "i.trashed = 0");
        if (view instanceof ItemSource.Completed) {
            return conditions.and("i.done <> 0");
        }
        if (!withDone && !trash) {
            conditions.and("i.done = 0");
        }
        return switch (view) {
            case ItemSource.Inbox _ -> conditions.and("l.id IS NULL");
            case ItemSource.Today today ->
                conditions
                        .and("i.due < ?", today.date().plusDays(1).toString())
                        .and("(i.done = 0 OR i.due >= ?)", today.date().toString());
            case ItemSource.Upcoming upcoming ->
                conditions.and(
                        "(i.due >= ? OR (i.done = 0 AND i.due IS NOT NULL))",
                        upcoming.date().toString());
            case ItemSource.Notes _ -> conditions.and("i.kind = 'note'");
            case ItemSource.OfList list -> conditions.and("i.list_id = ?", list.id());
            case ItemSource.OfTag tag -> conditions.and("i.id IN (SELECT item_id FROM tag WHERE name = ?)", tag.name());
            case ItemSource.All _, ItemSource.Completed _, ItemSource.Trash _, ItemSource.Conflicts _ -> conditions;
            case ItemSource.History _, ItemSource.Checkpoints _, ItemSource.Devices _, ItemSource.Activity _ ->
                conditions;
            case ItemSource.SearchResults _ ->
                throw new IllegalArgumentException("Search results have their own conditions");
        };
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
                Reminder.ofStored(row.text("reminder"), row.text("dismissed"), row.text("snoozed")),
                listId(row),
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
                DUES.of(row.text("due")),
                LIST_IDS.of(listId(row)),
                row.text("list_name"),
                tags(row),
                row.bool("trashed"));
    }

    /**
     * Returns the list's id. Returns {@code null} if there is no list, and for an invalid id, which another program may
     * have written.
     */
    private static @Nullable UUID listId(Row row) {
        byte[] id = row.blob("list_id");
        return id == null || id.length != 2 * Long.BYTES ? null : row.uuid("list_id");
    }

    static UUID id(Row row) {
        return Objects.requireNonNull(row.uuid("id"));
    }

    static String text(Row row, String column) {
        return Objects.requireNonNull(row.text(column));
    }

    private static List<String> tags(Row row) {
        List<String> tags = TAG_LISTS.of(row.text("tags"));
        return tags == null ? List.of() : tags;
    }

    private static List<String> readTags(String names) {
        HexFormat hex = HexFormat.of().withUpperCase();
        return Arrays.stream(names.split(",", -1))
                .map(name -> new String(hex.parseHex(name), StandardCharsets.UTF_8))
                .sorted()
                .distinct()
                .toList();
    }
}
