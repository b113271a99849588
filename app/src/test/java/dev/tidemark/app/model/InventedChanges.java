package dev.tidemark.app.model;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates from bytes valid changes to the tables of the app that no version of Tidemark would write. */
public final class InventedChanges {
    /** Who made them. */
    public static final ReplicaId REPLICA = new ReplicaId(7);

    private static final List<String> ITEM = List.of(
            "title",
            "done",
            "trashed",
            "due",
            "list_id",
            "kind",
            "body",
            "created_at",
            "position",
            "priority",
            "reminder",
            "dismissed",
            "snoozed");

    private static final List<String> LIST = List.of("name", "color", "icon", "position");

    /** Those that sync first, some of them more often; then those that must not. */
    private static final List<Map.Entry<String, List<String>>> TABLES = List.of(
            Map.entry("item", ITEM),
            Map.entry("item", ITEM),
            Map.entry("item", ITEM),
            Map.entry("item", ITEM),
            Map.entry("tag", List.of("item_id", "name")),
            Map.entry("tag", List.of("item_id", "name")),
            Map.entry("attachment", List.of("item_id", "name", "content", "size")),
            Map.entry("list", LIST),
            Map.entry("label", LIST),
            Map.entry("saved_search", List.of("name", "query")),
            Map.entry("item_local", List.of("item_id", "number")),
            Map.entry("item_text", List.of("title", "rowid")),
            Map.entry("tag_count", List.of("name", "total")),
            Map.entry("purged", List.of("content")),
            Map.entry("tm_replica", List.of("clock")),
            Map.entry("sqlite_master", List.of("sql")),
            Map.entry("unknown", List.of("id", "unknown")));

    private static final List<Object> NUMBERS = List.of(0L, 1L, 0L, 1L, 2L, -5L, Long.MIN_VALUE, Long.MAX_VALUE);

    private static final List<Object> TEXTS = List.of(
            "",
            "note",
            "todo",
            "Milk\u0000\u202e\ud83c\udf0a\n",
            "2026-11-21",
            "2026-11-21T17:00",
            "2026-11-21 FREQ=DAILY",
            "9999-12-31T23:59 AFTER FREQ=WEEKLY",
            "0000-00-00",
            "tag:x -\"",
            "#ff0000",
            "home",
            "x".repeat(9_000));

    private static final List<Object> OTHERS =
            List.of(0.5, Double.NEGATIVE_INFINITY, -0.0, new byte[0], new byte[] {1, 2, 3}, new byte[32]);

    private static final List<UUID> ROWS =
            LongStream.range(0, 9).mapToObj(number -> new UUID(0, number)).toList();

    private final ByteBuffer input;
    private final List<UUID> rows;
    private final long millis;
    private final List<Change> changes = new ArrayList<>();

    private InventedChanges(byte[] input, List<UUID> rows, long millis) {
        this.input = ByteBuffer.wrap(input);
        this.rows = Stream.of(ROWS, rows).flatMap(List::stream).toList();
        this.millis = millis;
    }

    /**
     * Reads changes of {@link #REPLICA} from its first on.
     *
     * @param rows ids that rows have, beside some others
     * @param millis about when they were made
     */
    public static List<Change> of(byte[] input, List<UUID> rows, long millis) {
        InventedChanges invented = new InventedChanges(input, rows, millis);
        while (invented.input.hasRemaining()) {
            invented.add();
        }
        return invented.changes;
    }

    private void add() {
        Change.Kind kind = Change.Kind.of(below(15) == 0 ? 2 : below(2));
        Map.Entry<String, List<String>> table = one(TABLES);
        UUID row = one(rows);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (kind != Change.Kind.DELETE) {
            table.getValue().stream()
                    .filter(column -> below(2) == 0)
                    .forEach(column -> values.put(column, below(5) == 0 ? any() : usual(column)));
            if (below(9) == 0) {
                values.put("unknown", any());
            }
        }
        long number = changes.size() + 1L;
        CausalContext context = number == 1 || below(3) > 0
                ? CausalContext.EMPTY
                : new CausalContext(VersionVector.of(Map.of(REPLICA, number - 1)), Set.of());
        changes.add(new Change(
                new Dot(REPLICA, number),
                (millis << 12) + number,
                millis + below(9),
                context,
                kind,
                table.getKey(),
                row,
                values));
    }

    /** A value of the column's type, not always one that means anything. */
    private Object usual(String column) {
        return switch (column) {
            case "done", "trashed", "created_at", "priority", "size" -> one(NUMBERS);
            case "list_id", "item_id" -> bytes(one(rows));
            case "content" -> new byte[32];
            default -> one(TEXTS);
        };
    }

    private @Nullable Object any() {
        return switch (below(5)) {
            case 0 -> null;
            case 1 -> one(NUMBERS);
            case 2 -> one(TEXTS);
            case 3 -> bytes(one(rows));
            default -> one(OTHERS);
        };
    }

    private static byte[] bytes(UUID row) {
        return ByteBuffer.allocate(16)
                .putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .array();
    }

    private <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    private int below(int bound) {
        return input.hasRemaining() ? Byte.toUnsignedInt(input.get()) % bound : 0;
    }
}
