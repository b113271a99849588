package dev.tidemark.engine.spi;

/**
 * Converts values of a class of your own to and from SQLite values. It applies to parameters, to saved records, and to
 * records and values that are read. When the engine first meets a class that it does not know, it looks for a converter
 * with {@link java.util.ServiceLoader}. Declare yours in {@code META-INF/services/dev.tidemark.engine.spi.Converter},
 * or in {@code provides} of a module. Implementations must be thread-safe.
 *
 * @param <T> the class
 */
public interface Converter<T> {
    /** Returns the class. Values of its subclasses are not converted. */
    Class<T> type();

    /**
     * Returns the value that SQLite stores.
     *
     * @return a {@link Long}, {@link Double}, {@link String}, {@code byte[]}, or any value that a parameter may have
     */
    Object toSqlite(T value);

    /**
     * Converts a stored value back. If this method throws, the engine reports that the value does not fit the class.
     *
     * @param stored a {@link Long}, {@link Double}, {@link String} or {@code byte[]}, as {@link #toSqlite} returned it
     */
    T fromSqlite(Object stored);
}
