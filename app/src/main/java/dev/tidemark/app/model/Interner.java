package dev.tidemark.app.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function makes of values that come again and again, such as dates in the rows of a list: it is made once, and held
 * once however many rows have it. Only the latest few are known. Thread-safe.
 *
 * @param <K> what it is made of; immutable
 * @param <V> what is made; immutable
 */
final class Interner<K, V> {
    private static final int SLOTS = 1_024;

    private final Function<K, @Nullable V> make;
    private final AtomicReferenceArray<@Nullable Made<K, V>> made = new AtomicReferenceArray<>(SLOTS);

    private record Made<K, V>(K of, V value) {}

    /** @param make may make {@code null}, which is not kept */
    Interner(Function<K, @Nullable V> make) {
        this.make = make;
    }

    /** What is made of the value; {@code null} for none. */
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
