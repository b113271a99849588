package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import java.time.LocalDate;

/** The sidebar's queries, which can be read once or subscribed to. Thread-safe. */
public final class SidebarQueries {
    private static final String PLACE = "coalesce(position, 'zz')";

    private SidebarQueries() {}

    /** The user's lists in the manual order, with the number of open items in each list. */
    public static Query<ItemList> lists() {
        return Query.of("SELECT l.id AS id, l.name AS name, l.color AS color, l.icon AS icon, (SELECT"
            + " coalesce(sum(c.number), 0) FROM item_count c WHERE c.list_id = l.id AND c.trashed = 0 AND c.done = 0)"
            + " AS open FROM list l ORDER BY "
                        + PLACE + ", l.name, l.id")
                .alsoReading("item")
                .as(ItemList.class);
    }

    /** The tags in the manual order: the tags of items outside the trash, and the tags with a label. */
    public static Query<Tag> tags() {
        return Query.of("SELECT n.name AS id, n.name AS name, b.color AS color, b.icon AS icon, max(n.open) AS open"
            + " FROM (SELECT name, open FROM tag_count WHERE total > 0 UNION ALL SELECT name, 0 FROM label) n LEFT"
            + " JOIN label b ON b.name = n.name GROUP BY n.name ORDER BY " + PLACE
                        + ", n.name COLLATE NOCASE, n.name")
                .alsoReading("item", "tag")
                .map(row -> new Tag(
                        DerivedId.label(ItemQueries.text(row, "name")),
                        ItemQueries.text(row, "name"),
                        row.text("color"),
                        row.text("icon"),
                        (int) row.integer("open")));
    }

    public static Query<SavedSearch> searches() {
        return Query.of("SELECT id, name, query, color, icon FROM saved_search ORDER BY " + PLACE + ", name, id")
                .as(SavedSearch.class);
    }

    /**
     * One row with the number of overdue items, then a row for each day of the next seven that has open items. Skips due
     * dates that do not exist, which another device can store.
     */
    public static Query<DayLoad> week(LocalDate today) {
        return Query.of(
                        "SELECT '' AS id, count(*) AS number FROM item WHERE trashed = 0 AND done = 0 AND due < ?"
                            + " UNION ALL SELECT substr(due, 1, 10) AS id, count(*) AS number FROM item WHERE trashed"
                            + " = 0 AND done = 0 AND due >= ? AND due < ? AND date(substr(due, 1, 10)) = substr(due,"
                            + " 1, 10) GROUP BY substr(due, 1, 10)",
                        today.toString(),
                        today.toString(),
                        today.plusDays(7).toString())
                .map(row -> {
                    String day = ItemQueries.text(row, "id");
                    return new DayLoad(day.isEmpty() ? null : LocalDate.parse(day), (int) row.integer("number"));
                });
    }

    /**
     * One row with the counts of the smart lists. Because it is read after every change, the query scans only the items
     * due today or earlier, and reads the other counts from a table.
     */
    public static Query<SidebarCounts> counts(LocalDate today) {
        return Query.of(
                        "WITH c AS (SELECT c.*, l.id AS list, c.trashed = 0 AND c.done = 0 AS open FROM item_count c"
                            + " LEFT JOIN list l ON l.id = c.list_id) SELECT 0 AS id, coalesce(sum(number) FILTER"
                            + " (WHERE open AND list IS NULL), 0) AS inbox, (SELECT count(*) FROM item WHERE trashed ="
                            + " 0 AND done = 0 AND due < ?) AS today, coalesce(sum(number) FILTER (WHERE open AND"
                            + " dated), 0) AS upcoming, coalesce(sum(number) FILTER (WHERE open), 0) AS \"all\","
                            + " coalesce(sum(number) FILTER (WHERE open AND kind = 'note'), 0) AS notes,"
                            + " coalesce(sum(number) FILTER (WHERE trashed = 0 AND done <> 0), 0) AS completed,"
                            + " coalesce(sum(number) FILTER (WHERE trashed <> 0), 0) AS trash FROM c",
                        today.plusDays(1).toString())
                .alsoReading("item")
                .as(SidebarCounts.class);
    }
}
