package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.read.AsciiCase;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a row in a unique key, as a list that is equal if SQLite's collations treat the values as equal. */
final class UniqueClaim {
    private UniqueClaim() {}

    /** Returns the claim, or {@code null} if a value is NULL, which never conflicts. */
    static @Nullable List<Object> of(SyncedTable table, UniqueKey unique, List<@Nullable Object> values) {
        List<Object> claim = new ArrayList<>();
        claim.add(table.number());
        claim.add(unique);
        for (int index = 0; index < values.size(); index++) {
            Object value = values.get(index);
            if (value == null) {
                return null;
            }
            claim.add(normal(value, unique.collations().get(index)));
        }
        return claim;
    }

    private static Object normal(Object value, String collation) {
        return switch (value) {
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case Double number when number.longValue() == number -> number.longValue();
            case String text when collation.equals("NOCASE") -> AsciiCase.lower(text);
            case String text when collation.equals("RTRIM") -> text.replaceFirst(" +$", "");
            default -> value;
        };
    }
}
