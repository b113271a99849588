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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clone's changes of a row that garbage collection has erased meanwhile (decisions 67 and 74). */
class ReissuedWritesTest extends RemoteLibraryFixture {
    private static final ReplicaId FORKED = new ReplicaId(1_000);
    private static final ReplicaId COPY = new ReplicaId(1_007);
    private static final UUID ROW = new UUID(1, 2);

    private final long wall = Instant.now().toEpochMilli();
    private ReissuedWrites reissued;

    private Change insert(ReplicaId replica, long sequence, long after, String title) {
        CausalContext context = after == 0
                ? CausalContext.EMPTY
                : new CausalContext(VersionVector.of(Map.of(new ReplicaId(5), after)), Set.of());
        return new Change(
                new Dot(replica, sequence),
                wall << HlcTimestamp.COUNTER_BITS,
                wall,
                context,
                Change.Kind.INSERT,
                "todo",
                ROW,
                Map.of("title", title));
    }

    private static Change erased(Change change) {
        return new ChainDigest().erased(change);
    }

    @BeforeEach
    void begin() throws Exception {
        Database ann = device("ann");
        ann.changelog().append(new Batch(List.of(erased(insert(COPY, 1, 0, "milk")))));
        reissued = new ReissuedWrites(ann.changelog());
    }

    @Test
    void aChangeIsHeldIfItsCopyWasErased() {
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, 3, "milk")))).isTrue();
        assertThat(reissued.holdAll(List.of(erased(insert(FORKED, 9, 3, "milk")))))
                .isTrue();
    }

    @Test
    void anotherChangeOfTheSameTimeIsNotHeld() {
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, 3, "bread")))).isFalse();
        assertThat(reissued.holdAll(List.of(insert(FORKED, 9, 3, "milk"), insert(FORKED, 10, 3, "bread"))))
                .isFalse();
    }

    @Test
    void anErasedChangeIsHeldIfItsCopyStillHasItsValues() throws Exception {
        Database bob = device("bob");
        bob.changelog().append(new Batch(List.of(insert(COPY, 1, 0, "milk"))));
        ReissuedWrites ofBob = new ReissuedWrites(bob.changelog());
        assertThat(ofBob.holdAll(List.of(erased(insert(FORKED, 9, 3, "milk"))))).isTrue();
        assertThat(ofBob.holdAll(List.of(erased(insert(FORKED, 9, 3, "bread")))))
                .isFalse();
    }

    @Test
    void aChangeOfTheSameReplicaIsNoCopy() {
        assertThat(reissued.holdAll(List.of(insert(COPY, 9, 3, "milk")))).isFalse();
    }
}
