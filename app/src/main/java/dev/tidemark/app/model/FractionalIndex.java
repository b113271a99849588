package dev.tidemark.app.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Computes sort keys for the user's manual order. A key is a string of digits and lower-case letters, and keys are
 * compared byte by byte. Between two different keys there is usually room for a new key. Rows without a key sort by the
 * time of their creation.
 *
 * <p>A key is a base-36 fraction whose first {@value #WHOLE} digits are the whole part. A new key at either end gets
 * another whole part. A new key between two others is the shortest string between them. Two devices can create equal
 * keys, which {@link ManualOrder} handles. See {@code docs/decisions/0038}.
 */
final class FractionalIndex {
    /**
     * The maximum length of a key in characters. {@link ManualOrder} reassigns the keys of neighbours rather than
     * exceed it.
     */
    static final int MAX_LENGTH = 24;

    private static final int BASE = 36;
    private static final int WHOLE = 12;
    private static final long LATEST = (1L << 48) - 1;
    private static final BigInteger RADIX = BigInteger.valueOf(BASE);
    private static final BigInteger STEP = RADIX.pow(3);
    private static final BigInteger END = RADIX.pow(WHOLE);

    private FractionalIndex() {}

    /** Returns SQL that computes a key from a row's creation time, for rows without a key. Newer rows sort first. */
    static String sqlOfTime(String createdAt) {
        return "printf('%012x', " + LATEST + " - max(0, min(" + createdAt + ", " + LATEST + ")))";
    }

    static String ofTime(Instant createdAt) {
        Instant latest = Instant.ofEpochMilli(LATEST);
        boolean isPast = createdAt.isBefore(Instant.EPOCH);
        long millis = isPast ? 0 : createdAt.isAfter(latest) ? LATEST : createdAt.toEpochMilli();
        return String.format(Locale.ROOT, "%012x", LATEST - millis);
    }

    /** Returns a key before {@code first}. This is the key of the present time, if that sorts before {@code first}. */
    static @Nullable String before(String first, Instant now) {
        String created = ofTime(now);
        if (created.compareTo(first) < 0) {
            return created;
        }
        BigInteger whole = number(first, WHOLE).subtract(STEP);
        String next = whole.signum() > 0 ? text(whole, WHOLE) : first;
        return next.compareTo(first) < 0 ? next : between(null, first);
    }

    static @Nullable String after(String last) {
        BigInteger whole = number(last, WHOLE).add(STEP);
        String next = text(whole, WHOLE);
        return whole.compareTo(END) < 0 && next.compareTo(last) > 0 ? next : between(last, null);
    }

    /**
     * Returns the shortest key between two keys, near their middle.
     *
     * @param low the lower key, or {@code null} for the beginning
     * @param high the upper key, or {@code null} for the end
     * @return {@code null} if there is no room up to {@link #MAX_LENGTH}, or the keys are equal, in the wrong order, or
     *     not base-36
     */
    static @Nullable String between(@Nullable String low, @Nullable String high) {
        if (low != null && high != null && low.compareTo(high) >= 0) {
            return null;
        }
        for (int length = 1; length <= MAX_LENGTH; length++) {
            BigInteger first = low == null ? BigInteger.ZERO : number(low, length);
            BigInteger last = high == null ? RADIX.pow(length) : number(high, length);
            String middle = text(first.add(last).shiftRight(1), length);
            if (last.subtract(first).compareTo(BigInteger.TWO) >= 0 && isBetween(middle, low, high)) {
                return middle;
            }
        }
        return null;
    }

    /**
     * Returns evenly spaced keys between two keys. They are the shortest keys that leave room between neighbours.
     *
     * @return {@code null} if there is no room up to {@link #MAX_LENGTH}
     */
    static @Nullable List<String> spread(@Nullable String low, @Nullable String high, int count) {
        for (int length = 1; length <= MAX_LENGTH; length++) {
            BigInteger first = low == null ? BigInteger.ZERO : number(low, length);
            BigInteger last = high == null ? RADIX.pow(length) : number(high, length);
            BigInteger parts = BigInteger.valueOf(count + 1L);
            if (last.subtract(first).divide(parts).compareTo(RADIX) >= 0) {
                List<String> keys = evenlySpaced(first, last, length, count);
                return isAscending(low, keys, high) ? keys : null;
            }
        }
        return null;
    }

    private static List<String> evenlySpaced(BigInteger first, BigInteger last, int length, int count) {
        BigInteger distance = last.subtract(first);
        List<String> keys = new ArrayList<>(count);
        for (int index = 1; index <= count; index++) {
            BigInteger offset = distance.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count + 1L));
            keys.add(text(first.add(offset), length));
        }
        return keys;
    }

    private static boolean isAscending(@Nullable String low, List<String> keys, @Nullable String high) {
        String before = low;
        for (String key : keys) {
            if (!isBetween(key, before, high)) {
                return false;
            }
            before = key;
        }
        return true;
    }

    private static boolean isBetween(String key, @Nullable String low, @Nullable String high) {
        return (low == null || low.compareTo(key) < 0) && (high == null || key.compareTo(high) < 0);
    }

    /**
     * Reads the first digits as a number. Characters that are not digits count as 0, so callers check that their result
     * is between the two keys.
     */
    private static BigInteger number(String key, int length) {
        BigInteger number = BigInteger.ZERO;
        for (int index = 0; index < length; index++) {
            int digit = index < key.length() ? Character.digit(key.charAt(index), BASE) : 0;
            number = number.multiply(RADIX).add(BigInteger.valueOf(Math.max(0, digit)));
        }
        return number;
    }

    /**
     * Writes the number without trailing zeros, because no new key fits directly before a key that ends with a zero.
     */
    private static String text(BigInteger number, int length) {
        String digits = Objects.requireNonNull(number.toString(BASE));
        String padded = "0".repeat(Math.max(0, length - digits.length())) + digits;
        int end = padded.length();
        while (end > 1 && padded.charAt(end - 1) == '0') {
            end--;
        }
        return padded.substring(0, end);
    }
}
