package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Damage anywhere in a storage is reported or harmless, and a device that has the content uploads it again. */
class DamagedStorageTest extends RemoteSnapshotFixture {
    private static final int QUICK = 8;
    private static final int THOROUGH = 200;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private Database ann;
    private Map<String, byte[]> sound = Map.of();

    private void damage(int times, long seed, Predicate<String> wanted) {
        ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        add(ann, "three");
        syncNow(ann);
        sound = new HashMap<>();
        names().forEach(name -> sound.put(name, storage.get(name)));
        List<String> candidates =
                sound.keySet().stream().filter(wanted).sorted().toList();
        Random places = new Random(seed);
        for (int index = 0; index < times; index++) {
            String name = candidates.get(places.nextInt(candidates.size()));
            byte[] bytes = sound.get(name).clone();
            int at = places.nextInt(bytes.length);
            boolean isCut = places.nextInt(4) == 0;
            if (isCut) {
                bytes = Arrays.copyOf(bytes, at);
            } else {
                bytes[at] ^= (byte) (1 << places.nextInt(8));
            }
            restore();
            storage.put(name, bytes);
            String where = "seed " + seed + ", place " + index + ": " + (isCut ? "cut" : "flipped") + " at " + at
                    + " of " + name;
            outcomes.merge(
                    name.replaceFirst("^v1/([^/]*).*", "$1") + ": " + outcome("bob" + index, where), 1, Integer::sum);
        }
        System.out.println(outcomes + " from seed " + seed);
    }

    private void restore() {
        names().stream().filter(name -> !sound.containsKey(name)).forEach(storage::delete);
        List<String> present = names();
        sound.forEach((name, bytes) -> {
            if (!present.contains(name) || !Arrays.equals(storage.get(name), bytes)) {
                storage.put(name, bytes);
            }
        });
    }

    private String outcome(String name, String where) {
        try (Database bob = device(name)) {
            boolean isSaid = syncIsSaid(bob);
            if (!isSaid) {
                assertThat(bob.dump()).as(where + ", and nothing was said").isEqualTo(ann.dump());
                return "harmless";
            }
            // The owner notices at its next syncs, a day later at the latest.
            now = now.plus(Duration.ofDays(2));
            syncIsSaid(ann);
            syncIsSaid(bob);
            syncIsSaid(ann);
            boolean isSaidAgain = syncIsSaid(bob);
            boolean isSame = bob.dump().equals(ann.dump());
            assertThat(isSame || isSaidAgain).as(where).isTrue();
            return isSame ? "said, and uploaded again" : "said";
        }
    }

    /** Syncs; returns whether a user is told that something is missing. */
    private boolean syncIsSaid(Database database) {
        try {
            SyncReport report = syncNow(database);
            return !report.isComplete() || !report.quarantined().isEmpty();
        } catch (TidemarkException e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        }
    }

    private static boolean isPart(String name) {
        return name.startsWith("v1/base/");
    }

    @Test
    void damageOfAFileIsSaidAndItsOwnerUploadsItAgain() {
        damage(QUICK, Seeds.fixed(), name -> !isPart(name));
    }

    @Proof
    @Test
    void damageOfFilesAtManyPlacesIsSaidAndTheirOwnerUploadsThemAgain() {
        damage(THOROUGH, Seeds.ofToday(), name -> !isPart(name));
    }

    @ExpectLog("snapshot cannot be used")
    @Proof
    @Test
    void damageOfSnapshotPartsAtManyPlacesIsSaidOrTheLogIsRead() {
        damage(THOROUGH / 4, Seeds.ofToday(), DamagedStorageTest::isPart);
    }
}
