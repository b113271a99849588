package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a WHERE clause from conditions joined by AND, with their parameters. Not thread-safe. */
final class WhereClause {
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    WhereClause and(String condition, @Nullable Object... values) {
        conditions.add(condition);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds the filters of a view, except the filter on completed items. */
    WhereClause and(ViewOptions arrangement) {
        Kind kind = arrangement.kind();
        if (kind != null) {
            and("i.kind = ?", kind.text());
        }
        if (arrangement.atLeast() != Priority.NONE) {
            and("i.priority >= ?", arrangement.atLeast().stored());
        }
        if (arrangement.dated()) {
            and("i.due IS NOT NULL");
        }
        if (arrangement.tag() != null) {
            and("EXISTS (SELECT 1 FROM tag t WHERE t.item_id = i.id AND t.name = ?)", arrangement.tag());
        }
        return this;
    }

    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    List<@Nullable Object> parameters() {
        return parameters;
    }

    Query<Row> query(String select, String order) {
        return Query.of(select + where() + order, parameters.toArray());
    }
}
