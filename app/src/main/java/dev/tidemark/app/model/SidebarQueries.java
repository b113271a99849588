package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import java.time.LocalDate;

/** The queries of the sidebar, for reading once or for subscribing. Thread-safe. */
public final class SidebarQueries {
    private static final String PLACE = "coalesce(position, 'zz')";

    private SidebarQueries() {}

    /** The person's lists in their order, with the number of open items in each. */
    public static Query<ItemList> lists() {
        return Query.of("SELECT l.id AS id, l.name AS name, l.color AS color, l.icon AS icon, (SELECT count(*) FROM"
            + " item i WHERE i.list_id = l.id AND i.trashed = 0 AND i.done = 0) AS open FROM list l ORDER BY "
                        + PLACE + ", l.name, l.id")
                .map(row -> new ItemList(
                        ItemQueries.id(row), ItemQueries.text(row, "name"), row.text("color"), row.text("icon"), (int)
                                row.integer("open")));
    }

    /** The tags in their order: those that an item has that is not in the trash, and those that are kept without. */
    public static Query<Label> labels() {
        return Query.of("SELECT n.name AS id, n.name AS name, b.color AS color, b.icon AS icon, max(n.open) AS open"
                        + " FROM (SELECT t.name AS name, total(i.done = 0) AS open FROM tag t JOIN item i ON i.id"
                        + " = t.item_id WHERE i.trashed = 0 GROUP BY t.name UNION ALL SELECT name, 0 FROM label) n"
                        + " LEFT JOIN label b ON b.name = n.name GROUP BY n.name ORDER BY " + PLACE
                        + ", n.name COLLATE NOCASE, n.name")
                .map(row -> new Label(
                        DerivedId.label(ItemQueries.text(row, "name")),
                        ItemQueries.text(row, "name"),
                        row.text("color"),
                        row.text("icon"),
                        (int) row.real("open")));
    }

    /** The saved searches in their order. */
    public static Query<SavedSearch> searches() {
        return Query.of("SELECT id, name, query, color, icon FROM saved_search ORDER BY " + PLACE + ", name, id")
                .map(row -> new SavedSearch(
                        ItemQueries.id(row),
                        ItemQueries.text(row, "name"),
                        ItemQueries.text(row, "query"),
                        row.text("color"),
                        row.text("icon")));
    }

    /** One row with the numbers beside the smart lists. */
    public static Query<SidebarCounts> counts(LocalDate today) {
        return Query.of(
                        "SELECT 0 AS id, total(i.trashed = 0 AND i.done = 0 AND l.id IS NULL) AS inbox,"
                                + " total(i.trashed = 0 AND i.done = 0 AND i.due < ?) AS today,"
                                + " total(i.trashed = 0 AND i.done = 0 AND i.due IS NOT NULL) AS upcoming,"
                                + " total(i.trashed = 0 AND i.done = 0) AS \"all\","
                                + " total(i.trashed = 0 AND i.kind = 'note' AND i.done = 0) AS notes,"
                                + " total(i.trashed = 0 AND i.done <> 0) AS completed,"
                                + " total(i.trashed <> 0) AS trash FROM item i LEFT JOIN list l ON l.id = i.list_id",
                        today.plusDays(1).toString())
                .map(row -> new SidebarCounts(
                        (int) row.real("inbox"),
                        (int) row.real("today"),
                        (int) row.real("upcoming"),
                        (int) row.real("all"),
                        (int) row.real("notes"),
                        (int) row.real("completed"),
                        (int) row.real("trash")));
    }
}
