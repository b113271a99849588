package dev.tidemark.engine.spi;

/**
 * Stores values of a class of your own: in parameters, in saved records, and in records and values that are read. The
 * engine looks for converters with {@link java.util.ServiceLoader} when it first meets a class that it does not know.
 * Name yours in {@code META-INF/services/dev.tidemark.engine.spi.Converter}, or in {@code provides} of a module.
 * Implementations are thread-safe.
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
     * Returns the value again. The engine reports an exception as a value that does not fit.
     *
     * @param stored a {@link Long}, {@link Double}, {@link String} or {@code byte[]}, as {@link #toSqlite} stored it
     */
    T fromSqlite(Object stored);
}
