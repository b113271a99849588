package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Creating a library concurrently with other devices, over an unreliable connection, and beside newer program versions.
 */
class LibraryCreationFaultsTest extends RemoteLibraryFixture {
    private static void assertProblem(Problem problem, ThrowingCallable sync) {
        assertThatThrownBy(sync)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    private String libraryFile() {
        return names().stream()
                .filter(name -> name.startsWith("v1/library/"))
                .findFirst()
                .orElseThrow();
    }

    /** Else it would publish everything as a library that it gives up in the next sync. */
    @Test
    void whoFoundsLooksOnceMoreAndGivesWayAtOnceToWhoFoundedInTheSameMoment() {
        Database one = device("one");
        Database two = device("two");
        boolean isOneLarger = RemoteNames.hex(one.library()).compareTo(RemoteNames.hex(two.library())) > 0;
        Database larger = isOneLarger ? one : two;
        Database smaller = isOneLarger ? two : one;
        UUID library = smaller.library();
        add(larger, "of the one who gives way");
        add(smaller, "of the other");
        FailingStorage line = new FailingStorage(storage);
        boolean[] hasFounded = {false};
        line.beforeEachPut(() -> {
            if (!hasFounded[0]) {
                hasFounded[0] = true;
                sync(smaller);
            }
        });
        RemoteLibrary.open(larger, line).sync();
        assertThat(hasFounded[0]).isTrue();
        assertThat(larger.library()).isEqualTo(library);
        sync(smaller);
        assertEqual(larger, smaller);
    }

    /** The room for it had been made when the line broke: its length says nothing then. */
    @Test
    void aLibraryFileOfWhichOnlyTheLengthArrivedIsPutAgain() {
        Database ann = device("ann");
        add(ann, "a");
        OverridableStorage line = new OverridableStorage(storage) {
            @Override
            public void put(String name, byte[] content) {
                super.put(name, new byte[content.length]);
                throw new StorageException(Problem.STORAGE_REQUEST_FAILED, "The network is down.");
            }
        };
        assertThatThrownBy(() -> RemoteLibrary.open(ann, line).sync()).isInstanceOf(StorageException.class);
        assertThat(storage.get(libraryFile())).containsOnly(0);
        assertThat(sync(ann).isComplete()).isTrue();
        Database bob = device("bob");
        assertThat(sync(bob).isComplete()).isTrue();
        assertEqual(ann, bob);
    }

    @Test
    void aLibraryOfANewerVersionIsNotJoinedAndNothingIsUploadedToIt() {
        Database ann = device("ann");
        sync(ann);
        String name = libraryFile();
        storage.put(name, saying(storage.get(name), text -> text.replace("\"format\":1", "\"format\":2")));
        Database bob = device("bob");
        UUID own = bob.library();
        add(bob, "b");
        var before = names();
        assertProblem(Problem.SYNC_LIBRARY_NEWER, () -> sync(bob));
        assertThat(names()).isEqualTo(before);
        assertThat(bob.library()).isEqualTo(own);
    }

    /** As a person decides who has a library of their own, or starts with that one. */
    @ParameterizedTest
    @EnumSource(RemoteLibrary.JoinMode.class)
    void aLibraryOfANewerVersionIsNotConnectedTo(RemoteLibrary.JoinMode joining) {
        Database ann = device("ann");
        sync(ann);
        String name = libraryFile();
        storage.put(name, saying(storage.get(name), text -> text.replace("\"format\":1", "\"format\":2")));
        Database bob = device("bob");
        UUID own = bob.library();
        add(bob, "b");
        RemoteLibrary.open(bob, new MemoryStorage()).sync();
        String before = bob.dump();
        var there = names();
        for (int time = 0; time < 2; time++) {
            assertProblem(
                    Problem.SYNC_LIBRARY_NEWER,
                    () -> RemoteLibrary.open(bob, storage).connect(joining, SyncOptions.DEFAULT));
        }
        assertThat(names()).isEqualTo(there);
        assertThat(bob.library()).isEqualTo(own);
        assertThat(bob.dump()).isEqualTo(before);
        assertThatThrownBy(() -> sync(bob)).isInstanceOf(SyncException.class);
        assertThat(names()).isEqualTo(there);
    }

    /** An alias is what somebody's library was called before it gave way: there is nothing to join under it. */
    @Test
    void aNewDeviceJoinsTheLibraryThatOthersGaveWayToHoweverSmallTheIdOfTheirs() {
        Database ann = device("ann");
        Database bob = device("bob");
        boolean isAnnSmaller = RemoteNames.hex(ann.library()).compareTo(RemoteNames.hex(bob.library())) < 0;
        Database smaller = isAnnSmaller ? ann : bob;
        Database larger = isAnnSmaller ? bob : ann;
        UUID shared = larger.library();
        MemoryStorage aside = new MemoryStorage();
        add(smaller, "alone");
        RemoteLibrary.open(smaller, aside).sync();
        Database third = device("third");
        for (Database device : new Database[] {larger, third}) {
            add(device, "together");
            sync(device);
        }
        sync(larger);
        carry(storage, aside);
        // A lone founder gives way to a library that several devices share.
        sync(smaller);
        assertThat(smaller.library()).isEqualTo(shared);
        Database late = device("late");
        sync(late);
        assertThat(late.library()).isEqualTo(shared);
    }
}
