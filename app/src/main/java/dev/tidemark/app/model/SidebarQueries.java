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
            + " FROM (SELECT name, open FROM tag_count WHERE kept > 0 UNION ALL SELECT name, 0 FROM label) n LEFT JOIN"
            + " label b ON b.name = n.name GROUP BY n.name ORDER BY " + PLACE
                        + ", n.name COLLATE NOCASE, n.name")
                .alsoReading("item", "tag")
                .map(row -> new Label(
                        DerivedId.label(ItemQueries.text(row, "name")),
                        ItemQueries.text(row, "name"),
                        row.text("color"),
                        row.text("icon"),
                        (int) row.integer("open")));
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

    /** One row with the numbers beside the smart lists; each from an index, as they are read after every change. */
    public static Query<SidebarCounts> counts(LocalDate today) {
        return Query.of(
                        "WITH open AS (SELECT count(*) AS number FROM item WHERE trashed = 0 AND done = 0), kept AS"
                            + " (SELECT count(*) AS number FROM item WHERE trashed = 0) SELECT 0 AS id, open.number -"
                            + " (SELECT count(*) FROM list l CROSS JOIN item i WHERE i.list_id = l.id AND i.trashed ="
                            + " 0 AND i.done = 0) AS inbox, (SELECT count(*) FROM item WHERE trashed = 0 AND done = 0"
                            + " AND due < ?) AS today, (SELECT count(*) FROM item WHERE trashed = 0 AND done = 0 AND"
                            + " due IS NOT NULL) AS upcoming, open.number AS \"all\", (SELECT count(*) FROM item WHERE"
                            + " trashed = 0 AND done = 0 AND kind = 'note') AS notes, kept.number - open.number AS"
                            + " completed, (SELECT count(*) FROM item) - kept.number AS trash FROM open, kept",
                        today.plusDays(1).toString())
                .map(row -> new SidebarCounts(
                        (int) row.integer("inbox"),
                        (int) row.integer("today"),
                        (int) row.integer("upcoming"),
                        (int) row.integer("all"),
                        (int) row.integer("notes"),
                        (int) row.integer("completed"),
                        (int) row.integer("trash")));
    }
}
