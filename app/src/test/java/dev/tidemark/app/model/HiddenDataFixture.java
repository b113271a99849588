package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates changes that a retired device or one with a newer version of Tidemark would upload. */
public final class HiddenDataFixture {
    /** When they were made. */
    public static final Instant AT = Instant.parse("2026-11-21T07:30:00Z");

    private HiddenDataFixture() {}

    /**
     * Applies changes of this device that no list shows: an edit and a tag after a garbage collection, and a field of a
     * newer version.
     *
     * @param shown an item that is shown
     */
    public static void editAll(Database database, ReplicaId by, UUID shown) {
        edit(
                database,
                by,
                "item",
                new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0001L),
                Map.of("title", "Call the plumber", "body", "The tap in the bathroom drips again."));
        edit(
                database,
                by,
                "tag",
                new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0002L),
                Map.of("name", "garden", "item_id", new byte[16]));
        edit(database, by, "item", shown, Map.of("mood", "cheerful"));
    }

    /** Applies an edit of a row. If the row is not known, this is an edit after its garbage collection. */
    public static void edit(Database database, String table, UUID row, Map<String, @Nullable Object> values) {
        edit(database, ReplicaId.random(), table, row, values);
    }

    /** Applies an edit as the next change of this device, which must write nothing more. */
    public static void edit(
            Database database, ReplicaId by, String table, UUID row, Map<String, @Nullable Object> values) {
        long sequence = database.changelog().vector().get(by) + 1;
        Change edit = new Change(
                new Dot(by, sequence),
                // No two changes have one timestamp: a history read in parts would lose one of them.
                (AT.toEpochMilli() << HlcTimestamp.COUNTER_BITS) + sequence,
                AT.toEpochMilli(),
                CausalContext.EMPTY,
                Change.Kind.UPDATE,
                table,
                row,
                values);
        database.changelog().append(new Batch(List.of(edit)));
    }
}
