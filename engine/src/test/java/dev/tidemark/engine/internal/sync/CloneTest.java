package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/correctness.md#r6: two copies of a database that both continue become two devices, with all edits of both. */
class CloneTest extends ForkFixture {
    @Test
    void aCopyThatRunsOnAnotherMachineKeepsItsEditsAndNothingIsDoubled() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        UUID row = add(ann, "shared");
        sync(ann);
        add(ann, "not published when it was copied");
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        add(ann, "by Ann");
        add(twin, "by the twin");
        twin.write(tx -> tx.execute("UPDATE todo SET note = 'by the twin' WHERE id = ?", row));
        sync(ann);
        sync(bob);
        sync(twin);
        syncAll(ann, bob, twin);
        assertThat(titles(bob)).containsExactly("by Ann", "by the twin", "not published when it was copied", "shared");
        assertThat(ann.conflicts()).isEmpty();
        assertThat(ann.replica()).isNotEqualTo(twin.replica());
        assertThat(changes(bob)).hasSize(5);
    }

    @Test
    void aCopyMadeBeforeTheFirstSyncIsNoticedWhoeverSyncsFirst() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "before anything");
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        title(twin, row, "by the twin");
        add(ann, "by Ann");
        sync(twin);
        sync(ann);
        syncAll(ann, twin);
        assertThat(titles(ann)).containsExactly("by Ann", "by the twin");
        assertThat(ann.conflicts()).isEmpty();
        assertThat(changes(ann)).hasSize(3);
    }

    @Test
    void clonesThatBothPushedBeforeSeeingEachOtherLoseNothing() throws Exception {
        RemoteStorage here = new MemoryStorage();
        RemoteStorage there = new MemoryStorage();
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        UUID row = add(ann, "shared");
        RemoteLibrary.open(ann, here).sync();
        carry(here, there);
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        title(ann, row, "by Ann");
        add(ann, "one of Ann");
        title(twin, row, "by the twin");
        add(twin, "one of the twin");
        add(twin, "another of the twin");
        RemoteLibrary.open(ann, here).sync();
        RemoteLibrary.open(bob, here).sync();
        RemoteLibrary.open(twin, there).sync();
        RemoteLibrary.open(cid, there).sync();
        add(bob, "of Bob");
        add(cid, "of Cid");
        for (int round = 0; round < 4; round++) {
            carry(here, there);
            for (Database device : List.of(ann, bob)) {
                RemoteLibrary.open(device, here).sync();
            }
            for (Database device : List.of(twin, cid)) {
                RemoteLibrary.open(device, there).sync();
            }
        }
        for (Database device : List.of(ann, bob, twin, cid)) {
            assertThat(titles(device))
                    .containsExactly(
                            "another of the twin", "by the twin", "of Bob", "of Cid", "one of Ann", "one of the twin");
            // Both know that they disagreed.
            assertThat(device.conflicts()).extracting(Conflict::row).contains(row);
        }
    }

    @Proof
    @Test
    void threeClonesBecomeThreeDevices() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "second");
        Files.copy(folder.resolve("second.db"), folder.resolve("third.db"));
        Database second = device("second");
        Database third = device("third");
        title(ann, row, "by Ann");
        title(second, row, "by the second");
        title(third, row, "by the third");
        add(third, "of the third");
        sync(ann);
        sync(third);
        sync(second);
        Database bob = device("bob");
        syncAll(ann, second, third, bob);
        assertThat(titles(bob)).containsExactly("by the third", "of the third");
        assertThat(bob.conflicts()).hasSize(2);
        assertThat(List.of(ann.replica(), second.replica(), third.replica())).doesNotHaveDuplicates();
    }

    @Proof
    @Test
    void aCopyOfACopyTakesAnIdOfItsOwn() throws Exception {
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        add(twin, "by the twin");
        sync(twin);
        twin = copied(twin, "twin", "third");
        add(twin, "once more by the twin");
        sync(twin);
        Database third = device("third");
        add(third, "by the third");
        syncAll(ann, twin, third);
        assertThat(titles(ann))
                .containsExactly("by Ann", "by the third", "by the twin", "once more by the twin", "shared");
    }

    /** What it held was issued again under the fresh id, so nobody could ever put it whole under the old one. */
    @Test
    void halfAFileOfTheFormerIdBlocksNoDevice() throws Exception {
        FailingStorage line = new FailingStorage(storage);
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "one of Ann");
        add(ann, "another of Ann");
        line.halvePutsOf("v1/log/");
        Database cutOff = ann;
        assertThatThrownBy(() -> RemoteLibrary.open(cutOff, line).sync()).hasMessageContaining("network is down");
        Database twin = device("twin");
        add(twin, "of the twin");
        sync(twin);
        sync(bob);
        syncAll(ann, twin, bob);
        assertThat(titles(bob)).containsExactly("another of Ann", "of the twin", "one of Ann", "shared");
    }

    /** What cannot be read may be anything: were its numbers published again, they could have two contents. */
    @Proof
    @Test
    void anUnreadableFileOfACloneStillCountsAsAFork() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "of Ann");
        ReplicaId before = ann.replica();
        List<String> known = segments();
        sync(ann);
        sync(bob);
        String file = segments().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .orElseThrow();
        byte[] whole = storage.get(file);
        storage.put(file, Arrays.copyOf(whole, whole.length / 2));
        names().stream().filter(name -> name.startsWith("v1/devices/" + before)).forEach(storage::delete);
        Database twin = device("twin");
        add(twin, "of the twin");
        sync(twin);
        assertThat(twin.replica()).isNotEqualTo(before);
        storage.put(file, whole);
        syncAll(ann, twin, bob);
        assertThat(titles(bob)).containsExactly("of Ann", "of the twin", "shared");
    }
}
