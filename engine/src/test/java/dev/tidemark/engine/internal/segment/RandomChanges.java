package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Random changes with every kind of value and context, and changes as an application makes them. */
public final class RandomChanges {
    private static final String[] WORDS =
            ("buy milk call mum about the invoice for kitchen repair tomorrow pick up parcel from station write report"
                            + " on budget plan trip to check oil book dentist renew passport water plants")
                    .split(" ");

    private final Random random;

    public RandomChanges(Random random) {
        this.random = random;
    }

    /** Consecutive changes with values of all types, extremes included. */
    public List<Change> any(ReplicaId replica, long first, int count) {
        List<Change> changes = new ArrayList<>();
        ReplicaId other = new ReplicaId(random.nextLong() >>> 2);
        CausalContext context = CausalContext.EMPTY;
        long time = 1_700_000_000_000L << 12;
        long transaction = 1 + random.nextLong(first);
        for (int index = 0; index < count; index++) {
            transaction = random.nextBoolean() ? first + index : transaction;
            if (random.nextInt(3) == 0) {
                long head = 2L + random.nextInt(1_000_000);
                Set<Dot> unseen =
                        random.nextBoolean() ? Set.of() : Set.of(new Dot(other, head - 1), new Dot(replica, 1));
                context = new CausalContext(VersionVector.of(Map.of(other, head)), unseen);
            }
            time = random.nextInt(50) == 0 ? random.nextLong() >>> 5 : time + random.nextInt(3);
            Change.Kind kind = Change.Kind.of(random.nextInt(4));
            if (kind == Change.Kind.SCHEMA) {
                changes.add(Change.schemaChange(
                        new Dot(replica, first + index),
                        HlcTimestamp.forMigration(1 + index, first + index),
                        random.nextLong() >>> 20,
                        context,
                        1 + index,
                        "step " + index,
                        "CREATE TABLE t" + index + "(id)"));
                time = changes.getLast().hlcTime();
                continue;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (int column = kind == Change.Kind.DELETE ? 0 : random.nextInt(5); column > 0; column--) {
                values.put("column" + column, anyValue());
            }
            changes.add(new Change(
                    new Dot(replica, first + index),
                    transaction,
                    time & ((1L << 59) - 1),
                    random.nextLong() >>> 20,
                    context,
                    kind,
                    "table \"" + random.nextInt(3),
                    new UUID(random.nextLong(), random.nextLong()),
                    values));
        }
        return changes;
    }

    private Object anyValue() {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            case 3 -> random.nextLong();
            case 4 -> -0.0;
            case 5 -> random.nextGaussian();
            case 6 -> "";
            case 7 -> "NUL \u0000, 4 bytes \uD83C\uDF0A, \u00e4";
            case 8 -> "x".repeat(random.nextInt(5_000));
            case 9 -> new byte[0];
            default -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    /** New todos: id, title, done, note. */
    public List<Change> todos(ReplicaId replica, long first, int count) {
        List<Change> changes = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            long number = first + index;
            long millis = 1_760_000_000_000L + number / 20;
            UUID row =
                    new UUID(millis << 16 | 0x7000L | random.nextInt(4096), Long.MIN_VALUE | random.nextLong() >>> 2);
            changes.add(new Change(
                    new Dot(replica, number),
                    (millis << 12) + number % 20,
                    millis,
                    CausalContext.EMPTY,
                    Change.Kind.INSERT,
                    "todo",
                    row,
                    Map.of("title", text(20), "done", (long) random.nextInt(2), "note", text(60))));
        }
        return changes;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.substring(0, length);
    }
}
