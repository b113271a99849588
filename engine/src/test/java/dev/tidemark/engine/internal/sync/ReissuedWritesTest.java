package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clone's changes of a row that garbage collection has erased meanwhile (decisions 67 and 74). */
class ReissuedWritesTest extends RemoteLibraryFixture {
    private static final ReplicaId FORKED = new ReplicaId(1_000);
    private static final ReplicaId COPY = new ReplicaId(1_007);
    private static final UUID ROW = new UUID(1, 2);

    private final long wall = Instant.now().toEpochMilli();
    private ReissuedWrites reissued;

    private Change change(Dot dot, long afterWall, Change.Kind kind, Map<String, String> values) {
        VersionVector seen =
                dot.replica().equals(FORKED) ? VersionVector.of(Map.of(new ReplicaId(5), 3L)) : VersionVector.EMPTY;
        long time = wall + afterWall;
        CausalContext context = new CausalContext(seen, Set.of());
        return new Change(dot, time << HlcTimestamp.COUNTER_BITS, time, context, kind, "todo", ROW, Map.copyOf(values));
    }

    private Change insert(ReplicaId replica, long sequence, String title) {
        return change(new Dot(replica, sequence), 0, Change.Kind.INSERT, Map.of("title", title));
    }

    private Change delete(ReplicaId replica, long sequence) {
        return change(new Dot(replica, sequence), 1, Change.Kind.DELETE, Map.of());
    }

    private ReissuedWrites on(String device, Change... changes) throws Exception {
        Database database = device(device);
        database.changelog().append(new Batch(List.of(changes)));
        return new ReissuedWrites(database.changelog());
    }

    private static Change erased(Change change) {
        return new ChainDigest().erased(change);
    }

    @BeforeEach
    void begin() throws Exception {
        reissued = on("ann", erased(insert(COPY, 1, "milk")), delete(COPY, 2));
    }

    @Test
    void aChangeIsHeldIfItsCopyWasErased() {
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, "milk")))).isTrue();
        assertThat(reissued.holdAll(List.of(erased(insert(FORKED, 9, "milk"))))).isTrue();
    }

    @Test
    void anotherChangeOfTheSameTimeIsNotHeld() {
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, "bread")))).isFalse();
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, "milk"), insert(FORKED, 10, "bread"))))
                .isFalse();
    }

    @Test
    void anErasedChangeIsHeldIfItsCopyStillHasItsValues() throws Exception {
        ReissuedWrites ofBob = on("bob", insert(COPY, 1, "milk"));
        assertThat(ofBob.holdAll(List.of(erased(insert(FORKED, 9, "milk"))))).isTrue();
        assertThat(ofBob.holdAll(List.of(erased(insert(FORKED, 9, "bread"))))).isFalse();
    }

    @Test
    void anErasedCopyWithoutADeleteThatHasSeenItDoesNotCount() throws Exception {
        Change invented = erased(insert(COPY, 1, "milk"));
        assertThat(on("carol", invented).holdAll(List.of(insert(FORKED, 9, "milk"))))
                .isFalse();
        Change unrelated = delete(new ReplicaId(2_000), 1);
        assertThat(on("dave", invented, unrelated).holdAll(List.of(insert(FORKED, 9, "milk"))))
                .isFalse();
    }

    @Test
    void aChangeThatAReplicaCannotHaveMadeSoOftenIsNotHeld() {
        List<Change> invented = LongStream.rangeClosed(1, 33)
                .mapToObj(sequence -> insert(FORKED, sequence, "milk"))
                .toList();
        assertThat(reissued.holdAll(invented.subList(0, 32))).isTrue();
        assertThat(reissued.holdAll(invented)).isFalse();
    }

    @Test
    void aChangeOfTheSameReplicaIsNoCopy() {
        assertThat(reissued.holdAll(List.of(insert(COPY, 9, "milk")))).isFalse();
    }
}
