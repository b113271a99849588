package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds rows by abbreviated ids, and computes how short abbreviations can be. */
public final class ItemLookup {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,32}");
    private static final int SHORTEST = 8;
    private static final int DIGITS = 32;

    private ItemLookup() {}

    /**
     * Returns the item whose id begins with this text. Dashes and case do not count.
     *
     * @throws ProblemException if no item, or more than one, matches
     */
    public static UUID find(Reader reader, String start) {
        return find(reader, "item", start, "item.unknown", "item.ambiguous");
    }

    /** Returns the attachment whose id begins with this text; see {@link #find(Reader, String)}. */
    public static UUID findAttachment(Reader reader, String start) {
        return find(reader, "attachment", start, "attachment.unknown", "attachment.ambiguous");
    }

    private static UUID find(Reader reader, String table, String start, String unknown, String ambiguous) {
        String digits = start.strip().toLowerCase(Locale.ROOT).replace("-", "");
        if (!HEX.matcher(digits).matches()) {
            throw new ProblemException(unknown, start);
        }
        HexFormat hex = HexFormat.of();
        byte[] low = hex.parseHex(digits + "0".repeat(DIGITS - digits.length()));
        byte[] high = hex.parseHex(digits + "f".repeat(DIGITS - digits.length()));
        List<UUID> found =
                reader.list(Query.of("SELECT id FROM " + table + " WHERE id BETWEEN ? AND ? LIMIT 2", low, high)
                        .map(ItemQueries::id));
        return switch (found.size()) {
            case 0 -> throw new ProblemException(unknown, start);
            case 1 -> found.getFirst();
            default -> throw new ProblemException(ambiguous, start);
        };
    }

    /** Returns the number of leading characters that distinguish all item ids, at least 8. */
    public static int shortLength(Reader reader) {
        List<String> ids = reader.list(Query.of("SELECT hex(id) AS digits FROM item ORDER BY id")
                .map(row -> Objects.requireNonNull(row.text("digits"))));
        int longest = SHORTEST - 1;
        for (int index = 1; index < ids.size(); index++) {
            longest = Math.max(longest, common(ids.get(index - 1), ids.get(index)));
        }
        return withDashes(longest + 1);
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < one.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /**
     * Returns the length of this many digits with dashes. The text of a UUID has dashes after 8, 12, 16 and 20 digits.
     */
    private static int withDashes(int digits) {
        int dashes = digits <= 8 ? 0 : Math.min(4, (digits - 5) / 4);
        return digits + dashes;
    }
}
