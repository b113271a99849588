package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.engine.sync.SyncStatus.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The intervals and pauses of a background sync. */
class SyncServicePaceTest extends SyncServiceFixture {
    @Test
    void quietSyncsBecomeRarer() {
        CountingCalls calls = new CountingCalls(storage);
        service.configure(target(() -> calls));
        timer.pass(Duration.ofHours(24));
        assertThat(calls.lists).isLessThan(24 * 60 / 5 / 5);
        assertThat(calls.lists).isGreaterThan(20);
    }

    @Test
    void theServiceAsksThePaceThatItWasGiven() {
        for (int number = 0; number < 30; number++) {
            add(bob, "title " + number);
        }
        RemoteLibrary.open(bob, storage).sync();
        service.paceMerges(() -> new SyncOptions.MergePace(10, 0));
        service.configure(target(() -> storage));
        settle();
        assertThat(ann.dump()).isEqualTo(bob.dump());
        assertThat(seen)
                .extracting(SyncStatus::progress)
                .filteredOn(progress -> progress != null && progress.phase() == SyncStatus.Progress.Phase.PULLING)
                .extracting(SyncStatus.Progress::done)
                .containsSubsequence(10L, 20L, 30L);
    }

    @Test
    void aPausedServiceSyncsOnlyWhenAsked() {
        service.configure(target(() -> storage));
        settle();
        service.pause();
        settle();
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        add(ann, "a");
        timer.pass(Duration.ofHours(3));
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        assertThat(service.status().pending()).isEqualTo(1);
        CompletableFuture<SyncReport> request = service.syncNow();
        settle();
        assertThat(request.join().pushed()).isEqualTo(1);
        assertThat(service.status().state()).isEqualTo(State.PAUSED);
        add(ann, "b");
        settle();
        service.resume();
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().pending()).isZero();
    }

    @Test
    void looksForChangesWhenSomebodyAttendsButNotTwiceInTenSeconds() {
        CountingCalls calls = new CountingCalls(storage);
        service.configure(target(() -> calls));
        timer.pass(Duration.ofMinutes(1));
        int before = calls.lists;
        service.notifyUserActive();
        settle();
        assertThat(calls.lists).isEqualTo(before + 1);
        service.notifyUserActive();
        settle();
        assertThat(calls.lists).isEqualTo(before + 1);
    }

    @Test
    void editsWithoutPauseArePublishedWithinSeconds() {
        service.configure(target(() -> storage));
        settle();
        for (int step = 0; step < 40; step++) {
            add(ann, "a" + step);
            timer.pass(Duration.ofMillis(300));
        }
        assertThat(service.status().pending()).isLessThan(25);
        long segments = storage.list("v1/log/", null).size();
        assertThat(segments).isBetween(1L, 5L);
    }

    @Test
    void noticesWhatOthersPutWithinTwoSeconds() {
        service.configure(target(() -> storage));
        settle();
        add(bob, "b");
        RemoteLibrary.open(bob, storage).sync();
        timer.pass(Duration.ofSeconds(2));
        assertThat(ann.dump()).isEqualTo(bob.dump());
    }
}
