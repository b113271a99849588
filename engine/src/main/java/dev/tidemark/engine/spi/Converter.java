package dev.tidemark.engine.spi;

/**
 * Converts values of a class of your own to and from SQLite values: in parameters, in saved records, and in records and
 * values that are read. When the engine first meets a class that it does not know, it looks for a converter with
 * {@link java.util.ServiceLoader}. Name yours in {@code META-INF/services/dev.tidemark.engine.spi.Converter}, or in
 * {@code provides} of a module. Implementations are thread-safe.
 *
 * @param <T> the class
 */
public interface Converter<T> {
    /** The class itself; values of subclasses are not converted. */
    Class<T> type();

    /**
     * Returns the value for SQLite to store.
     *
     * @return a {@link Long}, {@link Double}, {@link String}, {@code byte[]}, or any value that a parameter may have
     */
    Object toSqlite(T value);

    /**
     * Converts a stored value back. The engine reports an exception as a value that does not fit.
     *
     * @param stored a {@link Long}, {@link Double}, {@link String} or {@code byte[]}, as {@link #toSqlite} stored it
     */
    T fromSqlite(Object stored);
}
