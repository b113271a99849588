package dev.tidemark.app.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches the results of a function for recently used arguments, so that rows with equal values share one object, for
 * example a due date. Thread-safe.
 *
 * @param <K> the argument; immutable
 * @param <V> the result; immutable
 */
final class Interner<K, V> {
    private static final int SLOTS = 1_024;

    private final Function<K, @Nullable V> make;
    private final AtomicReferenceArray<@Nullable Made<K, V>> made = new AtomicReferenceArray<>(SLOTS);

    private record Made<K, V>(K of, V value) {}

    /** @param make the function; a result of {@code null} is not cached */
    Interner(Function<K, @Nullable V> make) {
        this.make = make;
    }

    /** The cached or computed result; {@code null} for {@code null}. */
    @Nullable
    V of(@Nullable K value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Made<K, V> known = made.get(slot);
        if (known != null && known.of().equals(value)) {
            return known.value();
        }
        V result = make.apply(value);
        if (result != null) {
            made.set(slot, new Made<>(value, result));
        }
        return result;
    }
}
