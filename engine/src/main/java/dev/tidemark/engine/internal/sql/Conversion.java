package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.spi.Converter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts a value of SQLite to one Java type. Thread-safe.
 *
 * @param wanted the type in words, for error messages
 */
public record Conversion(String wanted, Function<Object, @Nullable Object> reading) {
    private static final Map<Class<?>, Conversion> KNOWN = Map.ofEntries(
            Map.entry(long.class, integer("a long", number -> number)),
            Map.entry(Long.class, integer("a Long", number -> number)),
            Map.entry(int.class, integer("an int", Math::toIntExact)),
            Map.entry(Integer.class, integer("an Integer", Math::toIntExact)),
            Map.entry(short.class, integer("a short", Conversion::toShort)),
            Map.entry(Short.class, integer("a Short", Conversion::toShort)),
            Map.entry(boolean.class, integer("a boolean", number -> number != 0)),
            Map.entry(Boolean.class, integer("a Boolean", number -> number != 0)),
            Map.entry(double.class, new Conversion("a double", Conversion::toDouble)),
            Map.entry(Double.class, new Conversion("a Double", Conversion::toDouble)),
            Map.entry(float.class, new Conversion("a float", Conversion::toFloat)),
            Map.entry(Float.class, new Conversion("a Float", Conversion::toFloat)),
            Map.entry(String.class, text("a String", text -> text)),
            Map.entry(byte[].class, new Conversion("a byte[]", value -> value instanceof byte[] ? value : null)),
            Map.entry(UUID.class, new Conversion("a UUID", Values::uuid)),
            Map.entry(Instant.class, integer("an Instant in milliseconds", Instant::ofEpochMilli)),
            Map.entry(LocalDate.class, text("a LocalDate in ISO form", LocalDate::parse)),
            Map.entry(Duration.class, text("a Duration in ISO form", Duration::parse)),
            Map.entry(BigDecimal.class, new Conversion("a decimal number", Conversion::toDecimal)),
            Map.entry(LocalDateTime.class, text("a LocalDateTime in ISO form", LocalDateTime::parse)));

    /** Returns the conversion for this type; {@code null} if it is not supported. */
    public static @Nullable Conversion of(Class<?> type) {
        Conversion known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        Converter<Object> own = converter(type);
        if (own != null) {
            return new Conversion("a " + type.getSimpleName(), own::fromSqlite);
        }
        return type.isEnum() ? constant(type) : null;
    }

    /** Returns the converted value; {@code null} if a value of this kind cannot be converted. */
    public @Nullable Object read(Object value) {
        return reading.apply(value);
    }

    private static Conversion integer(String wanted, Function<Long, Object> reading) {
        return new Conversion(wanted, value -> value instanceof Long number ? reading.apply(number) : null);
    }

    private static Conversion text(String wanted, Function<String, Object> reading) {
        return new Conversion(wanted, value -> value instanceof String text ? reading.apply(text) : null);
    }

    private static Conversion constant(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(each -> ((Enum<?>) each).name(), each -> each));
        return new Conversion(
                "one of "
                        + String.join(", ", constants.keySet().stream().sorted().toList()),
                value -> value instanceof String name ? constants.get(name) : null);
    }

    private static short toShort(long number) {
        if (number != (short) number) {
            throw new ArithmeticException("short overflow");
        }
        return (short) number;
    }

    private static @Nullable Double toDouble(Object value) {
        return value instanceof Double || value instanceof Long ? (Double) ((Number) value).doubleValue() : null;
    }

    private static @Nullable BigDecimal toDecimal(Object value) {
        return switch (value) {
            case String text -> new BigDecimal(text);
            case Long number -> BigDecimal.valueOf(number);
            case Double number -> BigDecimal.valueOf(number);
            default -> null;
        };
    }

    private static @Nullable Float toFloat(Object value) {
        Double number = toDouble(value);
        return number == null ? null : number.floatValue();
    }

    /** Returns the application's converter for exactly this class; {@code null} if there is none. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable Converter<T> converter(Class<? extends T> type) {
        return (Converter<T>) Loaded.BY_TYPE.get(type);
    }

    /** The application's converters. They are loaded when a class is converted that the engine does not know. */
    private static final class Loaded {
        @SuppressWarnings("rawtypes") // a class literal has no type arguments
        static final Map<Class<?>, Converter<?>> BY_TYPE = ServiceLoader.load(Converter.class).stream()
                .map(provider -> (Converter<?>) provider.get())
                .collect(Collectors.toUnmodifiableMap(Converter::type, converter -> converter));
    }
}
