package dev.tidemark.app.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches the results of a function for recently used arguments, so that rows with equal values, such as due dates,
 * share one object. Thread-safe.
 *
 * @param <K> the type of the argument, which is immutable
 * @param <V> the type of the result, which is immutable
 */
final class Interner<K, V> {
    private static final int SLOTS = 1_024;

    private final Function<K, @Nullable V> make;
    private final AtomicReferenceArray<@Nullable Entry<K, V>> created = new AtomicReferenceArray<>(SLOTS);

    private record Entry<K, V>(K of, V value) {}

    /** @param make the function. A result of {@code null} is not cached */
    Interner(Function<K, @Nullable V> make) {
        this.make = make;
    }

    /** Returns the cached or computed result; {@code null} for {@code null}. */
    @Nullable
    V of(@Nullable K value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Entry<K, V> known = created.get(slot);
        if (known != null && known.of().equals(value)) {
            return known.value();
        }
        V result = make.apply(value);
        if (result != null) {
            created.set(slot, new Entry<>(value, result));
        }
        return result;
    }
}
