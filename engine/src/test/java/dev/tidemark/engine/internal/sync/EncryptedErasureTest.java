package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.sync.SyncOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs {@link ErasedTextTest} in an encrypted library. */
class EncryptedErasureTest extends EncryptedRemoteFixture {
    private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");

    @Test
    void theEncryptedSegmentsAreReplacedByOnesWithoutTheText() {
        Database ann = device("ann", clock);
        Secrets anns = passphrase();
        add(ann, "first");
        UUID row = add(ann, "a secret");
        syncAt(ann, anns);
        List<String> before = segments();
        ann.write(tx -> tx.execute("DELETE FROM todo WHERE id = ?", row));
        syncAt(ann, anns);
        clock.pass(Duration.ofDays(2));
        ann.maintenance().run(Duration.ofMinutes(1), () -> false);
        for (int hour = 0; hour < 4; hour++) {
            syncAt(ann, anns);
            clock.pass(Duration.ofMinutes(62));
        }
        assertThat(ann.maintenance().pendingErasures()).isZero();
        assertThat(segments()).hasSize(2).doesNotContainAnyElementsOf(before);

        Database bob = device("bob", clock);
        syncAt(bob, passphrase());
        assertEqual(ann, bob);
        try (Stream<Change> changes = bob.changelog().stream(ChangelogQuery.ALL.row("todo", row))) {
            assertThat(changes.map(Change::kind)).containsExactly(Change.Kind.ERASED, Change.Kind.DELETE);
        }
    }

    private void syncAt(Database device, Secrets secrets) {
        new RemoteSession(device, storage, "", clock, secrets, ScryptCost.MIN).sync(SyncOptions.DEFAULT);
    }
}
