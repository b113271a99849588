package dev.tidemark.engine.internal.records;

import dev.tidemark.engine.internal.sql.Conversion;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TidemarkException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One component of a record class: its column, and how its values are read and written. Immutable. */
record Component(
        String name,
        String column,
        boolean primitive,
        Conversion conversion,
        @Nullable Object absent,
        MethodHandle accessor) {

    static Component of(Class<?> type, RecordComponent declared, MethodHandles.Lookup lookup) {
        Conversion conversion = Conversion.of(declared.getType());
        if (conversion == null) {
            throw new QueryException(
                    Problem.RECORD_COMPONENT_TYPE,
                    declared.getName(),
                    type.getName(),
                    declared.getGenericType().getTypeName());
        }
        try {
            MethodHandle accessor =
                    lookup.unreflect(declared.getAccessor()).asType(MethodType.methodType(Object.class, Record.class));
            return new Component(
                    declared.getName(),
                    snakeCase(declared.getName()),
                    declared.getType().isPrimitive(),
                    conversion,
                    zero(declared.getType()),
                    accessor);
        } catch (IllegalAccessException exception) {
            throw new QueryException(
                    exception, Problem.RECORD_COMPONENT_UNREADABLE, declared.getName(), type.getName(), exception);
        }
    }

    /**
     * Converts a name: {@code dueOn} to {@code due_on}, {@code parentID} to {@code parent_id}, {@code URLText} to
     * {@code url_text}.
     */
    static String snakeCase(String name) {
        StringBuilder column = new StringBuilder();
        for (int index = 0; index < name.length(); index++) {
            char character = name.charAt(index);
            if (Character.isUpperCase(character) && index > 0 && startsWord(name, index)) {
                column.append('_');
            }
            column.append(character);
        }
        return column.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean startsWord(String name, int index) {
        char before = name.charAt(index - 1);
        boolean afterLower = !Character.isUpperCase(before) && before != '_';
        boolean beforeLower = index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1));
        return afterLower || (Character.isUpperCase(before) && beforeLower);
    }

    @Nullable
    Object read(@Nullable Object value, Class<?> type) {
        if (value == null) {
            if (primitive) {
                throw new QueryException(Problem.RECORD_COMPONENT_NULL, column, name, type.getName());
            }
            return null;
        }
        Object read;
        try {
            read = conversion.read(value);
        } catch (RuntimeException exception) {
            throw misfit(value, type, exception);
        }
        if (read == null) {
            throw misfit(value, type, null);
        }
        return read;
    }

    /** Returns the component's value as SQLite stores it, except that ids are still {@link UUID}. */
    @Nullable
    Object write(Record record) {
        Object value = value(record);
        return value instanceof UUID ? value : Values.toSqlite(value);
    }

    private @Nullable Object value(Record record) {
        try {
            return (@Nullable Object) accessor.invokeExact(record);
        } catch (TidemarkException | Error exception) {
            throw exception;
        } catch (Throwable exception) {
            throw new QueryException(
                    exception,
                    Problem.RECORD_COMPONENT_UNREADABLE,
                    name,
                    record.getClass().getName(),
                    exception);
        }
    }

    private QueryException misfit(Object value, Class<?> type, @Nullable RuntimeException cause) {
        Object[] arguments = {column, describe(value), name, type.getName(), conversion.wanted()};
        return cause == null
                ? new QueryException(Problem.RECORD_COMPONENT_MISFIT, arguments)
                : new QueryException(cause, Problem.RECORD_COMPONENT_MISFIT, arguments);
    }

    /** Describes a value without its text, because messages are logged. */
    private static String describe(Object value) {
        return switch (value) {
            case Long number -> "the integer " + number;
            case Double number -> "the number " + number;
            case byte[] bytes -> "a blob of " + bytes.length + " bytes";
            case String text -> "a text of " + text.length() + " characters";
            default -> "a " + value.getClass().getName();
        };
    }

    private static @Nullable Object zero(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        Object array = java.lang.reflect.Array.newInstance(type, 1);
        return java.lang.reflect.Array.get(array, 0);
    }
}
