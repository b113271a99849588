package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the columns of tables, and builds the statements that save records to them. Not thread-safe. */
final class TableShapes {
    /**
     * The two statements that save a record: an update, and an insert in case the update finds no row. A single upsert
     * would need a value for each NOT NULL column even if the row exists.
     *
     * @param update the update. Its parameters are the columns without the id, then the id; {@code null} if there is no
     *     other column
     * @param insert the insert. Its parameters are the columns without the id, then the id
     * @param columns the columns without the id
     */
    record Save(@Nullable String update, String insert, List<String> columns) {}

    private final Statements statements;
    private final Map<String, Shape> shapes = new HashMap<>();

    TableShapes(Statements statements) {
        this.statements = statements;
    }

    /** @throws QueryException if there is no such table, or it has no column id */
    Shape of(String table) {
        return shapes.computeIfAbsent(table, this::read);
    }

    private Shape read(String table) {
        try {
            Map<String, String> types = new HashMap<>();
            statements.list(
                    "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0",
                    row -> types.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)),
                    table);
            String id = types.get("id");
            if (id == null) {
                throw new QueryException(Problem.QUERY_TABLE_UNKNOWN, table);
            }
            return new Shape(table, types);
        } catch (SQLException e) {
            throw new QueryException(e, Problem.DATABASE_NOT_READ, SqlErrors.reason(e));
        }
    }

    final class Shape {
        private final String table;
        private final Map<String, String> types;
        private final Map<Set<String>, Save> saves = new HashMap<>();

        private Shape(String table, Map<String, String> types) {
            this.table = table;
            this.types = types;
        }

        /** Returns the value as the column stores it: an id as text if the column is declared TEXT, else as bytes. */
        @Nullable
        Object valueFor(String column, @Nullable Object value) {
            if (!(value instanceof UUID id)) {
                return value;
            }
            return "TEXT".equalsIgnoreCase(types.get(column)) ? id.toString() : ChangeCodec.bytesOf(id);
        }

        Save save(Set<String> components) {
            return saves.computeIfAbsent(Set.copyOf(components), names -> build(components));
        }

        private Save build(Set<String> components) {
            List<String> saved = new ArrayList<>(components);
            saved.retainAll(types.keySet());
            saved.remove("id");
            String target = SqlText.quote(table);
            String names =
                    saved.stream().map(column -> SqlText.quote(column) + ", ").collect(Collectors.joining());
            String updates =
                    saved.stream().map(column -> SqlText.quote(column) + " = ?").collect(Collectors.joining(", "));
            return new Save(
                    saved.isEmpty() ? null : "UPDATE " + target + " SET " + updates + " WHERE id = ?",
                    "INSERT INTO " + target + "(" + names + "id) VALUES (" + "?, ".repeat(saved.size()) + "?)"
                            + (saved.isEmpty() ? " ON CONFLICT(id) DO NOTHING" : ""),
                    saved);
        }

        boolean isPresent(UUID id) throws SQLException {
            return statements.exists(
                    "SELECT 1 FROM main." + SqlText.quote(table) + " WHERE id = ?",
                    Values.toSqlite(valueFor("id", id)));
        }
    }
}
