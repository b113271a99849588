package dev.tidemark.engine;

/**
 * How the values of a class of your own are stored: in parameters, in records that are saved, and in records and values that
 * are read. The engine finds converters with {@link java.util.ServiceLoader} when it first meets a class that it does not know:
 * name yours in {@code META-INF/services/dev.tidemark.engine.Converter}, or in {@code provides} of a module. Implementations
 * are thread-safe.
 *
 * @param <T> the class
 */
public interface Converter<T> {
    /** The class itself; values of subclasses are not converted. */
    Class<T> type();

    /**
     * What SQLite is to hold.
     *
     * @return a {@link Long}, {@link Double}, {@link String}, {@code byte[]}, or any value that a parameter may have
     */
    Object toSqlite(T value);

    /**
     * The value again. What this throws is reported as a value that does not fit.
     *
     * @param stored a {@link Long}, {@link Double}, {@link String} or {@code byte[]}, as {@link #toSqlite} stored it
     */
    T fromSqlite(Object stored);
}
