package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.engine.sync.SyncStatus.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The syncs and status of a background sync. */
class SyncServiceTest extends SyncServiceFixture {
    @Test
    void isOffWithoutATarget() {
        add(ann, "a");
        settle();
        assertThat(service.status().state()).isEqualTo(State.OFF);
        assertThat(service.status().pending()).isEqualTo(1);
        CompletableFuture<SyncReport> request = service.syncNow();
        settle();
        assertThatThrownBy(request::join).hasCauseInstanceOf(SyncException.class);
    }

    @Test
    void syncsAtOnceWhenConfiguredAndASecondAfterAnEdit() {
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().lastSuccess()).isNotNull();
        add(ann, "a");
        timer.pass(Duration.ofMillis(500));
        assertThat(service.status().pending()).isEqualTo(1);
        settle();
        assertThat(service.status().pending()).isZero();
        RemoteLibrary.open(bob, storage).sync();
        assertThat(bob.dump()).isEqualTo(ann.dump());
        assertThat(seen).extracting(SyncStatus::state).contains(State.SYNCING, State.IDLE);
    }

    @Test
    void syncNowAnswersWithWhatItDid() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        CompletableFuture<SyncReport> request = service.syncNow();
        timer.pass(Duration.ofMillis(1));
        assertThat(request.join().pushed()).isEqualTo(1);
    }

    @Test
    void turningItOffEndsIt() {
        service.configure(target(() -> storage));
        settle();
        service.configure(null);
        settle();
        assertThat(service.status().state()).isEqualTo(State.OFF);
        add(ann, "a");
        settle();
        assertThat(storage.list("v1/log/", null)).isEmpty();
        assertThat(service.status().pending()).isEqualTo(1);
    }

    @Test
    void turningItOffAndOnAgainAtOnceDoesNotRefuseWhatIsAskedForNext() {
        service.configure(target(() -> storage));
        settle();
        service.configure(null);
        service.configure(target(() -> storage));
        CompletableFuture<SyncReport> asked = service.syncNow();
        settle();
        assertThat(asked).isCompleted();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
    }

    @Test
    void whatARemoteHasIsNotPendingWhenSyncIsTurnedOff() {
        service.configure(target(() -> storage));
        add(ann, "a");
        settle();
        service.configure(null);
        settle();
        assertThat(service.status().pending()).isZero();
    }

    @Test
    void historyIsThereAfterARestart() {
        service.configure(target(() -> storage));
        add(ann, "a");
        settle();
        RemoteLibrary.open(bob, storage).sync();
        settle();
        SyncService.History history = SyncService.History.of(ann, "memory");
        assertThat(history.lastSuccess()).isNotNull();
        assertThat(history.pending()).isZero();
        assertThat(history.devices()).extracting(Device::name).containsExactly("bob");
    }

    @Test
    void tellsChangesAndBytesWhileItRuns() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        settle();
        assertThat(seen)
                .extracting(SyncStatus::progress)
                .filteredOn(progress -> progress != null && progress.phase() == SyncStatus.Progress.Phase.PUSHING)
                .last()
                .satisfies(progress -> {
                    assertThat(progress.done()).isEqualTo(1);
                    assertThat(progress.bytes()).isPositive();
                });
    }

    @Test
    void whatIsCancelledIsNoSuccessAndIsTakenUpLater() {
        service.configure(target(() -> storage));
        settle();
        java.time.Instant success = service.status().lastSuccess();
        add(ann, "a");
        timer.pass(Duration.ofMillis(500));
        service.listen(status -> {
            if (status.state() == State.SYNCING) {
                service.cancel();
            }
        });
        settle();
        assertThat(service.status().pending()).isEqualTo(1);
        assertThat(service.status().lastSuccess()).isEqualTo(success);
        assertThat(service.status().lastReport().isComplete()).isFalse();
    }

    @Test
    void anotherActionIsServedInItsTurnAndAnswersLikeASync() {
        service.configure(target(() -> storage));
        settle();
        add(ann, "a");
        CompletableFuture<SyncReport> first = service.syncNow();
        CompletableFuture<SyncReport> action = service.run(RemoteLibrary::sync);
        CompletableFuture<SyncReport> last = service.syncNow();
        settle();
        assertThat(first.join().pushed()).isEqualTo(1);
        assertThat(action.join().pushed()).isZero();
        assertThat(last.join().isComplete()).isTrue();
    }
}
