package dev.tidemark.app.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys by which people put things into an order of their own: texts of digits and small letters, compared byte by byte, so
 * that there is always room for another between two. What has no key yet stands where the time it was made puts it.
 *
 * <p>Read as a fraction to the base 36, a key's first {@value #WHOLE} digits are its whole part: what goes to an end gets
 * another whole part, what goes between two gets the shortest text that lies between them. Equal keys can come from two
 * devices; see {@link ManualOrder} for what then follows, and {@code docs/decisions} (38).
 */
final class FractionalIndex {
    /** A longer key than this is not made; the neighbours make room first. */
    static final int LONGEST = 24;

    private static final int BASE = 36;
    private static final int WHOLE = 12;
    private static final long LATEST = (1L << 48) - 1;
    private static final BigInteger RADIX = BigInteger.valueOf(BASE);
    private static final BigInteger STEP = RADIX.pow(3);
    private static final BigInteger END = RADIX.pow(WHOLE);

    private FractionalIndex() {}

    /** The key, in SQL, of what has none of its own: the newer comes first. */
    static String sqlOfTime(String createdAt) {
        return "printf('%012x', " + LATEST + " - max(0, min(" + createdAt + ", " + LATEST + ")))";
    }

    /** The same for a time. */
    static String ofTime(Instant createdAt) {
        Instant latest = Instant.ofEpochMilli(LATEST);
        boolean isPast = createdAt.isBefore(Instant.EPOCH);
        long millis = isPast ? 0 : createdAt.isAfter(latest) ? LATEST : createdAt.toEpochMilli();
        return String.format(Locale.ROOT, "%012x", LATEST - millis);
    }

    /** A key before this one, which is first: that of what is made now, if that comes before it. */
    static @Nullable String before(String first, Instant now) {
        String made = ofTime(now);
        if (made.compareTo(first) < 0) {
            return made;
        }
        BigInteger whole = number(first, WHOLE).subtract(STEP);
        String next = whole.signum() > 0 ? text(whole, WHOLE) : first;
        return next.compareTo(first) < 0 ? next : between(null, first);
    }

    /** A key after this one, which is last. */
    static @Nullable String after(String last) {
        BigInteger whole = number(last, WHOLE).add(STEP);
        String next = text(whole, WHOLE);
        return whole.compareTo(END) < 0 && next.compareTo(last) > 0 ? next : between(last, null);
    }

    /**
     * The shortest key between the two, near their middle.
     *
     * @param low the one before, or {@code null} for the beginning
     * @param high the one after, or {@code null} for the end
     * @return {@code null} if there is no room, because they are equal, in the wrong order, or not made of digits
     */
    static @Nullable String between(@Nullable String low, @Nullable String high) {
        if (low != null && high != null && low.compareTo(high) >= 0) {
            return null;
        }
        for (int length = 1; length <= LONGEST; length++) {
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
     * As many keys between the two, evenly apart and as short as leaves room between any two of them.
     *
     * @return {@code null} if there is no room below {@link #LONGEST}
     */
    static @Nullable List<String> spread(@Nullable String low, @Nullable String high, int count) {
        for (int length = 1; length <= LONGEST; length++) {
            BigInteger first = low == null ? BigInteger.ZERO : number(low, length);
            BigInteger last = high == null ? RADIX.pow(length) : number(high, length);
            BigInteger parts = BigInteger.valueOf(count + 1L);
            if (last.subtract(first).divide(parts).compareTo(RADIX) >= 0) {
                List<String> keys = evenly(first, last, length, count);
                return isRising(low, keys, high) ? keys : null;
            }
        }
        return null;
    }

    private static List<String> evenly(BigInteger first, BigInteger last, int length, int count) {
        BigInteger distance = last.subtract(first);
        List<String> keys = new ArrayList<>(count);
        for (int index = 1; index <= count; index++) {
            BigInteger offset = distance.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count + 1L));
            keys.add(text(first.add(offset), length));
        }
        return keys;
    }

    private static boolean isRising(@Nullable String low, List<String> keys, @Nullable String high) {
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

    /** The first digits as a number; a letter that is no digit counts as the nearest one, and is checked for by the caller. */
    private static BigInteger number(String key, int length) {
        BigInteger number = BigInteger.ZERO;
        for (int index = 0; index < length; index++) {
            int digit = index < key.length() ? Character.digit(key.charAt(index), BASE) : 0;
            number = number.multiply(RADIX).add(BigInteger.valueOf(Math.max(0, digit)));
        }
        return number;
    }

    /** Without zeros at the end: they would leave no room before. */
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
