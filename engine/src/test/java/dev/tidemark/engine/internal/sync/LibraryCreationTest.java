package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Creating a library, joining one, and the merge of two created concurrently (docs/correctness.md#r8). */
class LibraryCreationTest extends RemoteLibraryFixture {
    @Test
    void aDeviceThatHasDataJoinsTheLibraryThatItFinds() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        add(bob, "b");
        sync(ann);
        assertThat(bob.library()).isNotEqualTo(ann.library());
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("a", "b");
    }

    @Test
    void twoLibrariesCreatedConcurrentlyBecomeOneWithAllData() {
        for (boolean annFirst : new boolean[] {true, false}) {
            Database ann = device("ann" + annFirst);
            Database bob = device("bob" + annFirst);
            add(ann, "a");
            add(bob, "b");
            MemoryStorage annsView = new MemoryStorage();
            MemoryStorage bobsView = new MemoryStorage();
            RemoteLibrary.open(ann, annsView).sync();
            RemoteLibrary.open(bob, bobsView).sync();
            Database late = device("late" + annFirst);
            for (int round = 0; round < 4; round++) {
                carry(annsView, bobsView);
                List<Database> order = annFirst ? List.of(ann, bob) : List.of(bob, ann);
                for (Database device : order) {
                    RemoteLibrary.open(device, device.equals(ann) ? annsView : bobsView)
                            .sync();
                }
            }
            carry(annsView, bobsView);
            RemoteLibrary.open(late, annsView).sync();
            assertEqual(ann, bob, late);
            assertThat(late.list(dev.tidemark.engine.Query.of("SELECT title FROM todo")))
                    .hasSize(2);
            UUID smaller = Stream.of(annsView.list("v1/library/", null))
                    .flatMap(List::stream)
                    .map(file -> RemoteNames.LibraryName.parse(file.name())
                            .orElseThrow()
                            .library())
                    .min(Comparator.comparing(RemoteNames::hex))
                    .orElseThrow();
            assertThat(ann.library()).isEqualTo(smaller);
        }
    }

    /**
     * The device with the greater id gives way as soon as it sees the other; until then its files are another
     * library's.
     */
    @Test
    void theFilesOfADeviceThatIsStillToJoinAreNoDamage() {
        Database ann = device("ann");
        Database bob = device("bob");
        MemoryStorage annsView = new MemoryStorage();
        MemoryStorage bobsView = new MemoryStorage();
        for (Database device : List.of(ann, bob)) {
            add(device, "x");
            RemoteLibrary.open(device, device.equals(ann) ? annsView : bobsView).sync();
        }
        carry(annsView, bobsView);
        boolean annStays = RemoteNames.hex(ann.library()).compareTo(RemoteNames.hex(bob.library())) < 0;
        Database stays = annStays ? ann : bob;
        Database joins = annStays ? bob : ann;
        RemoteStorage itsView = annStays ? annsView : bobsView;
        SyncReport report = RemoteLibrary.open(stays, itsView).sync();
        assertThat(report.firstMissing()).isEmpty();
        assertThat(report.blocked()).isZero();
        assertThat(report.quarantined()).isEmpty();
        RemoteLibrary.open(joins, itsView).sync();
        assertThat(RemoteLibrary.open(stays, itsView).sync().isComplete()).isTrue();
        assertEqual(ann, bob);
        assertThat(ann.list(dev.tidemark.engine.Query.of("SELECT title FROM todo")))
                .hasSize(2);
    }

    /** A folder tool that brings together two of five computers at a time, in any order. */
    @Proof
    @Test
    void fiveLibrariesCreatedConcurrentlyBecomeOneOrAskForAChoice() {
        foundAtOnce(1, 1);
    }

    @Proof
    @Test
    void fiveDevicesThatFoundAtOnceDoSoInAnyOrder() {
        foundAtOnce(1, 12);
    }

    private void foundAtOnce(long first, long last) {
        for (long seed = first; seed <= last; seed++) {
            Random random = new Random(seed);
            List<Database> devices = new ArrayList<>();
            List<RemoteStorage> views = new ArrayList<>();
            for (int number = 0; number < 5; number++) {
                devices.add(device(seed + "-" + number));
                views.add(new MemoryStorage());
                add(devices.get(number), "of " + number);
            }
            for (int step = 0; step < 25; step++) {
                int one = random.nextInt(5);
                int other = random.nextInt(5);
                carry(views.get(one), views.get(other));
                syncOrChoose(devices.get(one), views.get(one));
                syncOrChoose(devices.get(other), views.get(other));
            }
            for (int round = 0; round < 6; round++) {
                for (int number = 0; number < 5; number++) {
                    carry(views.get(number), views.get((number + 1) % 5));
                    syncOrChoose(devices.get(number), views.get(number));
                }
            }
            assertEqual(devices.toArray(Database[]::new));
            assertThat(devices.getFirst().list(dev.tidemark.engine.Query.of("SELECT title FROM todo")))
                    .as("seed %d", seed)
                    .hasSize(5);
        }
    }

    /** What a person does who is told that a choice is needed, and wants all of it. */
    private void syncOrChoose(Database device, RemoteStorage view) {
        try {
            RemoteLibrary.open(device, view).sync();
        } catch (SyncException e) {
            assertThat(e.problem()).isIn(Problem.SYNC_TWO_LIBRARIES, Problem.SYNC_OTHER_LIBRARY);
            RemoteLibrary.open(device, view).connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        }
    }

    @Test
    void asksWhenTwoLibrariesWithMoreThanOneDeviceMeet() {
        Database ann = device("ann");
        Database cid = device("cid");
        MemoryStorage other = new MemoryStorage();
        for (Database device : List.of(ann, device("bob"))) {
            add(device, "x");
            sync(device);
        }
        for (Database device : List.of(cid, device("dan"))) {
            add(device, "y");
            RemoteLibrary.open(device, other).sync();
        }
        carry(storage, other);
        boolean annIsLarger = RemoteNames.hex(ann.library()).compareTo(RemoteNames.hex(cid.library())) > 0;
        Database larger = annIsLarger ? ann : cid;
        RemoteStorage itsStorage = annIsLarger ? storage : other;
        assertThatThrownBy(() -> RemoteLibrary.open(larger, itsStorage).sync())
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("two libraries");
    }

    @Test
    void aLoneFounderGivesWayToALibraryThatSeveralDevicesShare() {
        for (int round = 0; round < 4; round++) {
            MemoryStorage shared = new MemoryStorage();
            MemoryStorage empty = new MemoryStorage();
            Database ann = device("ann" + round);
            Database bob = device("bob" + round);
            Database late = device("late" + round);
            for (Database device : List.of(ann, bob, late)) {
                add(device, "x");
                RemoteLibrary.open(device, device.equals(late) ? empty : shared).sync();
            }
            UUID library = ann.library();
            carry(shared, empty);
            RemoteLibrary.open(ann, shared).sync();
            for (Database device : List.of(late, ann, bob, late, ann)) {
                RemoteLibrary.open(device, device.equals(late) ? empty : shared).sync();
                carry(shared, empty);
            }
            assertEqual(ann, bob, late);
            assertThat(late.library()).isEqualTo(library);
        }
    }

    /** Epochs count for each library: that of the alias is later than that of the library which all share now. */
    @Test
    void filesOfAnAliasCountWhateverItsEpoch() {
        MemoryStorage shared = new MemoryStorage();
        MemoryStorage lone = new MemoryStorage();
        Database ann = device("ann");
        Database bob = device("bob");
        Database late = device("late");
        add(ann, "a");
        sync(ann, shared);
        sync(bob, shared);
        add(late, "l");
        sync(late, lone);
        RemoteLibrary.open(late, lone).startNewEpoch(SyncOptions.DEFAULT);
        add(late, "m");
        sync(late, lone);
        carry(shared, lone);
        for (int round = 0; round < 2; round++) {
            sync(late, lone);
            carry(shared, lone);
            sync(ann, shared);
            sync(bob, shared);
        }
        assertEqual(ann, bob, late);
        assertThat(bob.dump()).contains("'a'", "'l'", "'m'");
    }

    private static void sync(Database device, RemoteStorage view) {
        RemoteLibrary.open(device, view).sync();
    }

    @Test
    void aLibraryFileThatWasLostIsPutBack() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        List<String> names = names();
        names.stream().filter(name -> name.startsWith("v1/library/")).forEach(storage::delete);
        sync(ann);
        assertThat(names()).containsAll(names);
        Database bob = device("bob");
        sync(bob);
        assertEqual(ann, bob);
    }

    /** Somebody did not find it in a listing that lagged, and the line broke while it was put back. */
    @Test
    void aLibraryFileOfWhichOnlyHalfIsThereIsPutAgainByAnyDevice() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        String name = names().stream()
                .filter(each -> each.startsWith("v1/library/"))
                .findFirst()
                .orElseThrow();
        byte[] whole = storage.get(name);
        storage.put(name, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> sync(device("bob"))).isInstanceOf(DamagedFileException.class);
        sync(ann);
        assertThat(storage.get(name)).isEqualTo(whole);
        Database eve = device("eve");
        sync(eve);
        assertEqual(ann, eve);
    }

    @Test
    void aLibraryFileThatSaysMoreThanThisVersionKnowsStaysAsItIs() {
        Database ann = device("ann");
        sync(ann);
        String name = names().stream()
                .filter(each -> each.startsWith("v1/library/"))
                .findFirst()
                .orElseThrow();
        byte[] longer = saying(storage.get(name), text -> text.replace("{", "{\"later\":1,"));
        storage.put(name, longer);
        sync(ann);
        assertThat(storage.get(name)).isEqualTo(longer);
    }

    @Test
    void aFreshDeviceWaitsForALibraryFileThatHasNotArrived() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        names().stream().filter(name -> name.startsWith("v1/library/")).forEach(storage::delete);
        Database bob = device("bob");
        assertThatThrownBy(() -> sync(bob))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("not the file that names it");
    }

    @Test
    void creationResumesAfterAFailure() {
        Database ann = device("ann");
        add(ann, "a");
        FailingStorage failing = new FailingStorage(storage);
        for (int puts = 0; puts < 4; puts++) {
            failing.failPutsAfter(puts);
            try {
                RemoteLibrary.open(ann, failing).sync();
            } catch (StorageException expected) {
                assertThat(expected).hasMessageContaining("network is down");
            }
        }
        failing.failPutsAfter(Integer.MAX_VALUE);
        RemoteLibrary.open(ann, failing).sync();
        Database bob = device("bob");
        sync(bob);
        assertEqual(ann, bob);
        assertThat(names().stream().filter(name -> name.contains("library"))).hasSize(1);
    }
}
