package dev.tidemark.engine.internal.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of SQLite as Java objects: {@code null}, {@link Long}, {@link Double}, {@link String}, {@code byte[]}. */
public final class Values {
    private Values() {}

    /** The value of a column, in the storage class that SQLite holds it in. */
    public static @Nullable Object get(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        return value instanceof Integer small ? Long.valueOf(small) : value;
    }

    /** Binds a value as it is. */
    public static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, java.sql.Types.NULL);
            case Long number -> statement.setLong(index, number);
            case Double number -> statement.setDouble(index, number);
            case String text -> statement.setString(index, text);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("Not a value of SQLite: " + value.getClass());
        }
    }

    /** Whether two values have the same storage class and the same bits. */
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof byte[] bytes && other instanceof byte[] others) {
            return Arrays.equals(bytes, others);
        }
        // Double.equals compares bits, so -0.0 and 0.0 differ; classes are compared by equals itself.
        return java.util.Objects.equals(one, other);
    }
}
