package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * Creates temporary triggers on one connection that pass the old and new values of each changed row to {@link
 * TouchedRows}, through two SQL functions per table (decision 15). The triggers write nothing to the database, so a
 * transaction has no cost for tables that it does not touch.
 *
 * <p>The triggers use no conflict clause, because an outer {@code OR REPLACE} would override the clause
 * (docs/correctness.md#r12).
 */
public final class CaptureTriggers {
    private CaptureTriggers() {}

    /**
     * Creates the functions and triggers. The connection must have {@code recursive_triggers} on, so that REPLACE fires
     * delete triggers.
     */
    public static void install(Connection connection, SyncedTable table, TouchedRows rows) throws SQLException {
        String was = "tm_was_" + table.number();
        String is = "tm_is_" + table.number();
        Function.create(connection, was, new BeforeFunction(table, rows));
        Function.create(connection, is, new AfterFunction(table, rows));
        String before = "SELECT " + was + "(" + "OLD.id" + table.selected("OLD.") + "); ";
        String after = "SELECT " + is + "(" + "NEW.id" + table.selected("NEW.") + "); ";
        List<String> triggers = List.of(
                trigger(table, "INSERT", after),
                trigger(table, "UPDATE", before + after),
                trigger(table, "DELETE", before));
        try (Statement statement = connection.createStatement()) {
            for (String sql : triggers) {
                statement.execute(sql);
            }
        }
    }

    private static String trigger(SyncedTable table, String event, String body) {
        return "CREATE TEMP TRIGGER tm_on_" + event.toLowerCase(Locale.ROOT) + "_" + table.number() + " AFTER " + event
                + " ON main." + table.quoted() + " BEGIN " + body + "END";
    }

    /** An SQL function whose arguments are the id and the tracked columns of a row. */
    private abstract static class RowFunction extends Function {
        private final SyncedTable table;
        private final TouchedRows rows;

        RowFunction(SyncedTable table, TouchedRows rows) {
            this.table = table;
            this.rows = rows;
        }

        TouchedRow touched() throws SQLException {
            Object id = value(0);
            if (id == null) {
                throw new SQLException("An id is NULL although its column is NOT NULL");
            }
            return rows.touch(table, id);
        }

        @Nullable
        Object[] values() throws SQLException {
            List<Column> columns = table.columns();
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = value(index + 1);
            }
            return values;
        }

        /**
         * Returns the argument in its storage class. Fetches text as UTF-8 bytes, which takes half the time of
         * value_text.
         */
        private @Nullable Object value(int argument) throws SQLException {
            return switch (value_type(argument)) {
                case INTEGER -> value_long(argument);
                case FLOAT -> value_double(argument);
                case TEXT -> new String(bytes(argument), StandardCharsets.UTF_8);
                case BLOB -> bytes(argument);
                default -> null;
            };
        }

        private byte[] bytes(int argument) throws SQLException {
            byte[] bytes = value_blob(argument);
            // The driver returns null for an empty blob or text.
            return bytes == null ? NO_BYTES : bytes;
        }

        // Codes of SQLite's storage classes.
        private static final int INTEGER = 1;
        private static final int FLOAT = 2;
        private static final int TEXT = 3;
        private static final int BLOB = 4;
        private static final byte[] NO_BYTES = {};
    }

    /** Receives the old values of each updated or deleted row. */
    private static final class BeforeFunction extends RowFunction {
        BeforeFunction(SyncedTable table, TouchedRows rows) {
            super(table, rows);
        }

        @Override
        protected void xFunc() throws SQLException {
            TouchedRow row = touched();
            if (row.isNew()) {
                row.setBefore(values());
            }
            row.setAfter(null);
        }
    }

    /** Receives the new values of each inserted or updated row. */
    private static final class AfterFunction extends RowFunction {
        AfterFunction(SyncedTable table, TouchedRows rows) {
            super(table, rows);
        }

        @Override
        protected void xFunc() throws SQLException {
            TouchedRow row = touched();
            if (row.isNew()) {
                row.setBefore(null);
            }
            row.setAfter(values());
        }
    }
}
