package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chain hashes of a database equal those of its changes, whatever happened to the changelog. */
class ChangeChainsTest extends TombstoneCollectionFixture {
    private static final int COUNT = 3_000;

    /** The hashes at changes 0, 1, … of a replica, computed from the changes. */
    private static List<ChainHash> hashes(SqliteDatabase database, ReplicaId replica) {
        ChainDigest digest = new ChainDigest();
        List<ChainHash> hashes = new ArrayList<>(List.of(ChainDigest.start(replica)));
        for (Change change : Replicas.changes(database)) {
            if (change.dot().replica().equals(replica)) {
                hashes.add(digest.next(hashes.getLast(), change));
            }
        }
        return hashes;
    }

    private List<ChainHash> fill() {
        a.write(tx -> {
            for (int count = 0; count < COUNT; count++) {
                tx.execute("INSERT INTO task(id, title) VALUES (?, ?)", Replicas.id(), "t" + count);
            }
            return COUNT;
        });
        return hashes(a, a.replica());
    }

    private static void assertHashes(SqliteDatabase database, ReplicaId replica, List<ChainHash> all, int... numbers) {
        for (int number : numbers) {
            assertThat(database.chains().at(replica, number))
                    .as("at %d", number)
                    .isEqualTo(all.get(number));
        }
    }

    @Test
    void everyDeviceHasTheSameHashes() {
        List<ChainHash> all = fill();
        syncAll();
        for (SqliteDatabase each : List.of(a, b, c)) {
            assertHashes(each, a.replica(), all, 0, 1, 2, 255, 256, 257, 2_999, COUNT);
            assertThat(each.chains().at(a.replica(), all.size())).isNull();
        }
    }

    @Test
    void storedHashesAreExtendedAndTheLastOfManyIsRetained() {
        List<ChainHash> all = fill();
        for (int number = 1; number <= COUNT; number += 10) {
            a.chains().store(Map.of(new Dot(a.replica(), number), all.get(number)));
        }
        assertThat(count(a, "tm_chain")).isEqualTo(1 + COUNT / 256);
        assertHashes(a, a.replica(), all, 1, 500, 1_021, 1_022, 2_045, 2_991, 2_992, COUNT);
    }

    @Test
    void aHashOfAChangeThatIsNotHereIsNotStored() {
        List<ChainHash> all = fill();
        a.chains()
                .store(Map.of(
                        new Dot(a.replica(), all.size()),
                        new ChainHash(1, 2),
                        new Dot(new ReplicaId(9), 1),
                        new ChainHash(1, 2)));
        assertThat(count(a, "tm_chain")).isZero();
    }

    @Test
    void hashesAboveTheFloorSurviveTruncation() {
        List<ChainHash> all = fill();
        ReplicaId replica = a.replica();
        syncAll();
        acknowledgeAll();
        VersionVector watermark = a.maintenance().safeWatermark().with(a.replica(), 1_500);
        a.maintenance().truncateLog(watermark);
        assertHashes(a, a.replica(), all, 1_500, 1_501, 2_047, COUNT);
        assertThat(a.chains().at(a.replica(), 1_499)).isNull();
        a.maintenance().truncateLog(a.maintenance().safeWatermark());
        assertHashes(replicas.reopen(a), replica, all, 1_500, all.size() - 1);
    }

    @Test
    void changesThatMoveToANewIdLoseTheirHashes() {
        List<ChainHash> all = fill();
        ReplicaId old = a.replica();
        a.chains().store(Map.of(new Dot(old, COUNT), all.get(COUNT)));
        a.rotateReplicaId(2_000, 2_000);
        assertHashes(a, old, all, 2_000);
        assertThat(a.chains().at(old, 2_001)).isNull();
        assertHashes(a, a.replica(), hashes(a, a.replica()), 1, 1_000);
    }
}
