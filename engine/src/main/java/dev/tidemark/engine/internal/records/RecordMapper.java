package dev.tidemark.engine.internal.records;

import dev.tidemark.engine.internal.sql.ResultColumns;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TidemarkException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into records of one class and back. A component belongs to the column with its name in snake case: {@code
 * dueOn} belongs to {@code due_on}. Thread-safe.
 */
public final class RecordMapper<R extends Record> {
    private static final ClassValue<RecordMapper<?>> MAPPERS = new ClassValue<>() {
        @Override
        protected RecordMapper<?> computeValue(Class<?> type) {
            return new RecordMapper<>(type.asSubclass(Record.class));
        }
    };

    private final Class<R> type;
    private final List<Component> components;
    private final MethodHandle constructor;

    /** The positions of the components in the rows of the latest result. All rows of a result have the same columns. */
    private volatile @Nullable Positions latest;

    private record Positions(List<String> columns, List<Integer> ofComponents) {}

    private RecordMapper(Class<R> type) {
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
        MethodHandles.Lookup lookup = lookup(type);
        components = new ArrayList<>(declared.length);
        Set<String> columns = new HashSet<>();
        for (RecordComponent each : declared) {
            Component component = Component.of(type, each, lookup);
            if (!columns.add(component.column())) {
                throw new QueryException(Problem.RECORD_COLUMN_TWICE, type.getName(), component.column());
            }
            components.add(component);
        }
        constructor = constructor(type, declared, lookup);
    }

    /** Returns the mapper for this class, which is created once. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> RecordMapper<R> of(Class<R> type) {
        return (RecordMapper<R>) MAPPERS.get(type);
    }

    /**
     * Returns the columns of a record's components in their order, each with its value as SQLite stores it. Ids are
     * still {@link java.util.UUID}, because the column's type decides their form.
     */
    @SuppressWarnings("unchecked")
    public static SequencedMap<String, @Nullable Object> columnsOf(Record record) {
        return ((RecordMapper<Record>) of(record.getClass())).columns(record);
    }

    /**
     * Creates a record from a row. Columns without a component are ignored. A component without a column becomes null,
     * 0 or false.
     *
     * @param columns the row's column names
     * @param values the values as SQLite stores them, by position from 0
     * @throws QueryException if a value does not fit its component or the record's constructor refuses it
     */
    public R read(List<String> columns, IntFunction<@Nullable Object> values) {
        List<Integer> positions = positions(columns);
        @Nullable Object[] arguments = new Object[components.size()];
        for (int index = 0; index < arguments.length; index++) {
            Component component = components.get(index);
            int position = positions.get(index);
            arguments[index] = position < 0 ? component.absent() : component.read(values.apply(position), type);
        }
        return construct(arguments);
    }

    /** Returns the columns to save; see {@link #columnsOf}. */
    public SequencedMap<String, @Nullable Object> columns(R record) {
        SequencedMap<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (Component component : components) {
            columns.put(component.column(), component.write(record));
        }
        return columns;
    }

    @SuppressWarnings("unchecked")
    private R construct(@Nullable Object[] arguments) {
        try {
            return (R) (Record) constructor.invokeExact(arguments);
        } catch (TidemarkException | Error exception) {
            throw exception;
        } catch (Throwable refused) {
            throw new QueryException(refused, Problem.RECORD_REFUSED_ROW, type.getName(), refused);
        }
    }

    private List<Integer> positions(List<String> columns) {
        Positions known = latest;
        if (known == null || !known.columns().equals(columns)) {
            known = new Positions(List.copyOf(columns), positions(new ResultColumns(columns)));
            latest = known;
        }
        return known.ofComponents();
    }

    private List<Integer> positions(ResultColumns columns) {
        return components.stream()
                .map(component -> columns.position(component.column()))
                .toList();
    }

    private static MethodHandles.Lookup lookup(Class<?> type) {
        try {
            RecordMapper.class.getModule().addReads(type.getModule());
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException exception) {
            throw new QueryException(exception, Problem.RECORD_NOT_ACCESSIBLE, type.getName());
        }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components, MethodHandles.Lookup lookup) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return lookup.unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (ReflectiveOperationException exception) {
            throw new QueryException(exception, Problem.RECORD_NO_CONSTRUCTOR, type.getName());
        }
    }
}
