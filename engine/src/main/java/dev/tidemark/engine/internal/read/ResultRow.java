package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.Row;
import dev.tidemark.engine.internal.sql.Conversion;
import dev.tidemark.engine.internal.sql.ResultColumns;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row whose values are all in memory. */
public final class ResultRow implements Row {
    private final ResultColumns columns;
    private final @Nullable Object[] values;

    /**
     * @param values the values as SQLite stores them, in the order of the columns. From now on, the array belongs to
     *     the row
     */
    public ResultRow(ResultColumns columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    @Override
    public List<String> columns() {
        return columns.names();
    }

    @Override
    public @Nullable Object value(String column) {
        return values[position(column)];
    }

    @Override
    public @Nullable Object value(int index) {
        if (index < 0 || index >= values.length) {
            throw new QueryException(Problem.QUERY_COLUMN_UNKNOWN, index, String.join(", ", columns.names()));
        }
        return values[index];
    }

    @Override
    public @Nullable String text(String column) {
        Object value = value(column);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(column, value, "a text");
    }

    @Override
    public long integer(String column) {
        Object value = value(column);
        if (value instanceof Long number) {
            return number;
        }
        throw wrong(column, value, "an integer");
    }

    @Override
    public boolean bool(String column) {
        return integer(column) != 0;
    }

    @Override
    public double real(String column) {
        Object value = value(column);
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            case null, default -> throw wrong(column, value, "a number");
        };
    }

    @Override
    public byte @Nullable [] blob(String column) {
        Object value = value(column);
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        throw wrong(column, value, "a blob");
    }

    @Override
    public @Nullable UUID uuid(String column) {
        Object value = value(column);
        UUID id = value == null ? null : Values.uuid(value);
        if (value != null && id == null) {
            throw wrong(column, value, "a UUID of 16 bytes or in its text form");
        }
        return id;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(String column, Class<T> type) {
        Conversion conversion = Conversion.of(type);
        if (conversion == null) {
            throw new QueryException(Problem.VALUE_CLASS, type.getName());
        }
        Object value = value(column);
        if (value == null) {
            return null;
        }
        Object read;
        try {
            read = conversion.read(value);
        } catch (RuntimeException exception) {
            throw new QueryException(exception, Problem.QUERY_COLUMN_KIND, column, conversion.wanted(), kind(value));
        }
        if (read == null) {
            throw wrong(column, value, conversion.wanted());
        }
        // Conversions to primitive types return their wrapper classes.
        return (T) read;
    }

    private int position(String column) {
        int position = columns.position(column);
        if (position < 0) {
            throw new QueryException(Problem.QUERY_COLUMN_UNKNOWN, column, String.join(", ", columns.names()));
        }
        return position;
    }

    private static QueryException wrong(String column, @Nullable Object value, String wanted) {
        return new QueryException(Problem.QUERY_COLUMN_KIND, column, wanted, kind(value));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Long number -> "the integer " + number;
            case Double number -> "the floating point number " + number;
            case String text -> "a text of " + text.length() + " characters";
            case byte[] bytes -> "a blob of " + bytes.length + " bytes";
            default -> "a " + value.getClass().getName();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof ResultRow row
                        && columns.equals(row.columns)
                        && Arrays.deepEquals(values, row.values));
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    /** Returns a text for debugging, with only the size of texts and blobs, because logs must not contain user data. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Row[");
        for (int index = 0; index < values.length; index++) {
            text.append(index == 0 ? "" : ", ")
                    .append(columns.names().get(index))
                    .append(": ")
                    .append(kind(values[index]));
        }
        return text.append(']').toString();
    }
}
