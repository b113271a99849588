package dev.tidemark.engine.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hash chain of docs/file-format.md#chain. */
class ChainDigestTest {
    private static final ReplicaId REPLICA = new ReplicaId(0x0123456789abcdefL);
    private static final ReplicaId OTHER = new ReplicaId(0x3333333333333333L);
    private static final UUID ROW = UUID.fromString("01890000-0000-7000-8000-000000000001");

    private final ChainDigest digest = new ChainDigest();

    private static Change change(Map<String, @Nullable Object> values) {
        CausalContext context = new CausalContext(VersionVector.of(Map.of(OTHER, 7L)), Set.of(new Dot(OTHER, 6)));
        long wall = 1_795_000_000_000L;
        return new Change(
                new Dot(REPLICA, 1),
                wall << HlcTimestamp.COUNTER_BITS,
                wall,
                context,
                Change.Kind.INSERT,
                "todo",
                ROW,
                values);
    }

    private static Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("title", "milk");
        values.put("done", 0L);
        values.put("weight", 1.5);
        values.put("note", null);
        values.put("key", new byte[] {1, 2});
        return values;
    }

    /** The values of docs/file-format.md, which other programs check theirs with. */
    @Test
    void hashesAreThoseOfTheDocument() {
        ChainHash start = ChainDigest.start(REPLICA);
        assertThat(start).hasToString("9627c3ddf2e7f74bc2577bf5f956c7b9");
        assertThat(digest.next(start, change(values()))).hasToString("12b4e16fcae609412c71e45c5f9932d8");
    }

    @Test
    void theOrderOfColumnsDoesNotMatter() {
        Map<String, @Nullable Object> reversed = new LinkedHashMap<>();
        values().entrySet().stream()
                .sorted(Map.Entry.<String, @Nullable Object>comparingByKey().reversed())
                .forEach(value -> reversed.put(value.getKey(), value.getValue()));
        ChainHash start = ChainDigest.start(REPLICA);
        assertThat(digest.next(start, change(reversed))).isEqualTo(digest.next(start, change(values())));
    }

    @Test
    void everyPartOfAChangeMatters() {
        ChainHash start = ChainDigest.start(REPLICA);
        ChainHash whole = digest.next(start, change(values()));
        assertThat(digest.next(ChainDigest.start(OTHER), change(values()))).isNotEqualTo(whole);
        for (String column : values().keySet()) {
            Map<String, @Nullable Object> other = values();
            other.put(column, "else");
            assertThat(digest.next(start, change(other))).as(column).isNotEqualTo(whole);
        }
        Change one = change(values());
        CausalContext unseen = new CausalContext(one.context().vector(), Set.of());
        for (Change other : new Change[] {
            new Change(
                    one.dot(), one.hlcTime() + 1, one.wallMillis(), one.context(), one.kind(), "todo", ROW, values()),
            new Change(
                    one.dot(), one.hlcTime(), one.wallMillis() + 1, one.context(), one.kind(), "todo", ROW, values()),
            new Change(one.dot(), one.hlcTime(), one.wallMillis(), unseen, one.kind(), "todo", ROW, values()),
            new Change(
                    new Dot(REPLICA, 2),
                    1,
                    one.hlcTime(),
                    one.wallMillis(),
                    one.context(),
                    one.kind(),
                    "todo",
                    ROW,
                    values()),
            new Change(
                    one.dot(),
                    one.hlcTime(),
                    one.wallMillis(),
                    one.context(),
                    Change.Kind.UPDATE,
                    "todo",
                    ROW,
                    values()),
            new Change(one.dot(), one.hlcTime(), one.wallMillis(), one.context(), one.kind(), "list", ROW, values()),
            new Change(
                    one.dot(),
                    one.hlcTime(),
                    one.wallMillis(),
                    one.context(),
                    one.kind(),
                    "todo",
                    new UUID(1, 2),
                    values())
        }) {
            assertThat(digest.next(start, other)).isNotEqualTo(whole);
        }
    }

    @Test
    void aHashIsReadAsWritten() {
        ChainHash hash = digest.next(ChainDigest.start(REPLICA), change(values()));
        assertThat(ChainHash.parse(hash.toString())).isEqualTo(hash);
        assertThat(ChainHash.of(hash.toBytes())).isEqualTo(hash);
    }
}
