package dev.tidemark.engine.changelog;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The random id of a replica. It has 62 bits, so that it fits behind the variant bits of a UUID.
 *
 * <p>Ids are ordered as numbers. This order decides between equal clock values. Immutable.
 *
 * @param value the id, between 0 and 2<sup>62</sup> − 1
 */
public record ReplicaId(long value) implements Comparable<ReplicaId> {
    private static final long MAX = (1L << 62) - 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException if the value needs more than 62 bits */
    public ReplicaId {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("A replica id has 62 bits, but got " + Long.toHexString(value));
        }
    }

    /** Returns a new id from a cryptographic source of random numbers. It is never zero. */
    public static ReplicaId random() {
        long value;
        do {
            value = RANDOM.nextLong() & MAX;
        } while (value == 0);
        return new ReplicaId(value);
    }

    /**
     * Returns the id of a text from {@link #toString}.
     *
     * @throws IllegalArgumentException if the text is not 16 lowercase hex digits of at most 62 bits
     */
    public static ReplicaId parse(String text) {
        if (!text.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("A replica id has 16 lowercase hex digits, but got '" + text + "'");
        }
        return new ReplicaId(Long.parseUnsignedLong(text, 16));
    }

    @Override
    public int compareTo(ReplicaId other) {
        return Long.compare(value, other.value);
    }

    // These do the same as the record's own methods, which are slow at first. Every change calls them.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplicaId id && id.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** Returns 16 lowercase hex digits, as in file names. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
