package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.spi.Converter;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to and from SQLite. SQLite stores each value as one of {@code null}, {@link Long}, {@link Double},
 * {@link String} and {@code byte[]}. Thread-safe.
 */
public final class Values {
    private Values() {}

    /**
     * Returns the value as SQLite stores it.
     *
     * @throws QueryException if the class is not supported, or SQLite would store another value
     */
    public static @Nullable Object toSqlite(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> null;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Double number -> storable(number);
            case Float number -> storable(number.doubleValue());
            case Boolean bool -> bool ? 1L : 0L;
            case String text -> storable(text);
            case byte[] bytes -> bytes;
            case UUID id -> ChangeCodec.bytesOf(id);
            case Instant instant -> milliseconds(instant);
            case LocalDate date -> date.toString();
            case LocalDateTime dateTime -> dateTime.toString();
            case Enum<?> constant when Conversion.converter(constant.getDeclaringClass()) == null -> constant.name();
            case Duration duration -> duration.toString();
            case BigDecimal number -> number.toString();
            default -> converted(parameter);
        };
    }

    private static @Nullable Object converted(Object parameter) {
        Class<?> type = parameter instanceof Enum<?> constant ? constant.getDeclaringClass() : parameter.getClass();
        Converter<Object> converter = Conversion.converter(type);
        if (converter == null) {
            throw new QueryException(Problem.VALUE_CLASS, type.getName());
        }
        Object stored = converter.toSqlite(parameter);
        if (stored.getClass() == type) {
            throw new QueryException(Problem.VALUE_CLASS, type.getName());
        }
        return toSqlite(stored);
    }

    /** Converts the parameter with {@link #toSqlite}, and binds it at this position, which counts from 1. */
    public static void bind(PreparedStatement statement, int position, @Nullable Object parameter) throws SQLException {
        bindStored(statement, position, toSqlite(parameter));
    }

    /** Binds a value unchanged, because it came from SQLite on this or another device. */
    public static void bindStored(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(position, Types.NULL);
            case Long number -> statement.setLong(position, number);
            case Double number -> statement.setDouble(position, number);
            case String text -> statement.setString(position, text);
            case byte[] bytes -> statement.setBytes(position, bytes);
            default -> throw new IllegalArgumentException("Not a value of SQLite: " + value.getClass());
        }
    }

    /** Returns the value at this position, which counts from 1, in its storage class. */
    public static @Nullable Object get(ResultSet result, int position) throws SQLException {
        Object value = result.getObject(position);
        return switch (value) {
            case Integer small -> small.longValue();
            case null -> null;
            default -> value;
        };
    }

    /** Returns whether two values have the same storage class and the same bits. */
    public static boolean areIdentical(@Nullable Object one, @Nullable Object other) {
        if (one instanceof byte[] bytes && other instanceof byte[] others) {
            return Arrays.equals(bytes, others);
        }
        // Double.equals compares bits, so -0.0 and 0.0 differ. Values of different classes are never equal.
        return Objects.equals(one, other);
    }

    /** Returns the id that a UUID, 16 bytes or a text stands for; {@code null} if the value is not an id. */
    public static @Nullable UUID uuid(Object value) {
        if (value instanceof UUID id) {
            return id;
        }
        if (value instanceof byte[] bytes && bytes.length == ChangeCodec.ID_BYTES) {
            return ChangeCodec.idOf(bytes);
        }
        if (value instanceof String text && text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }
        return null;
    }

    private static Double storable(Double number) {
        if (number.isNaN()) {
            throw new QueryException(Problem.VALUE_NAN);
        }
        return number;
    }

    /** Refuses half a surrogate pair, which UTF-8 cannot encode. JDBC would store a question mark instead. */
    private static String storable(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit)
                        && index + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(index + 1));
                if (!pair) {
                    throw new QueryException(Problem.VALUE_HALF_CHARACTER, index);
                }
                index++;
            }
        }
        return text;
    }

    private static long milliseconds(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException overflow) {
            throw new QueryException(overflow, Problem.VALUE_INSTANT_RANGE, instant);
        }
    }
}
