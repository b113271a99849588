package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus.State;
import dev.tidemark.log.ExpectLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A background sync reports errors and continues after them. */
class SyncServiceErrorsTest extends SyncServiceFixture {
    @Test
    void waitsLongerWithEachFailureAndRecovers() {
        List<Duration> waits = new ArrayList<>();
        service.configure(target(() -> {
            throw new StorageException.UnreachableException(Problem.STORAGE_FOLDER_MISSING, "/sync");
        }));
        settle();
        for (int round = 0; round < 6; round++) {
            assertThat(service.status().state()).isEqualTo(State.OFFLINE);
            assertThat(service.status().reason()).hasMessageStartingWith("The folder /sync is not there.");
            Duration wait = Duration.between(timer.now(), service.status().retryAt());
            waits.add(wait);
            timer.pass(wait);
        }
        assertThat(waits.getFirst()).isLessThan(Duration.ofSeconds(7));
        assertThat(waits.getLast()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80));
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().reason()).isNull();
    }

    @Test
    void otherStorageTroublesAreRetriedAndTold() {
        service.configure(target(() -> {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, Problem.DISK_FULL);
        }));
        settle();
        assertThat(service.status().state()).isEqualTo(State.RETRYING);
        assertThat(service.status().retryAt()).isNotNull();
        assertThat(service.status().lastSuccess()).isNull();
    }

    @Test
    void whatAPersonMustDecideNeedsAttention() {
        service.configure(target(() -> storage));
        settle();
        storage.list("", null).forEach(file -> storage.delete(file.name()));
        settle();
        assertThat(service.status().state()).isEqualTo(State.NEEDS_ATTENTION);
        assertThat(service.status().reason()).hasMessageContaining("is empty");
    }

    @ExpectLog("The sync failed unexpectedly")
    @Test
    void anErrorIsAFailureThatCallersHearOfAndThatIsTriedAgain() {
        Error[] trouble = {new OutOfMemoryError("Java heap space")};
        service.configure(target(() -> {
            if (trouble[0] != null) {
                throw trouble[0];
            }
            return storage;
        }));
        CompletableFuture<SyncReport> asked = service.syncNow();
        settle();
        assertThat(asked).isCompletedExceptionally();
        assertThat(service.status().state()).isEqualTo(State.RETRYING);
        assertThat(service.status().reason()).hasMessageEndingWith("There was not enough memory for it.");
        trouble[0] = new NoClassDefFoundError("org/example/Gone");
        timer.pass(Duration.ofSeconds(10));
        assertThat(service.status().reason()).hasMessageContaining("org/example/Gone");
        trouble[0] = null;
        timer.pass(Duration.ofSeconds(20));
        assertThat(service.status().state()).isEqualTo(State.IDLE);
    }

    @Test
    void aDatabaseThatFailsLeavesNoCallerWaitingAndIsAskedAgain() {
        int[] tries = {0};
        service.configure(target(() -> {
            tries[0]++;
            ann.close();
            return storage;
        }));
        CompletableFuture<SyncReport> first = service.syncNow();
        CompletableFuture<SyncReport> second = service.run(RemoteLibrary::sync);
        settle();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(service.status().state()).isEqualTo(State.RETRYING);
        assertThat(service.status().reason()).hasMessageContaining("The database is closed.");
        int before = tries[0];
        timer.pass(Duration.ofMinutes(1));
        assertThat(tries[0]).isGreaterThan(before);
    }

    @Test
    void aTargetThatCannotBeLookedUpIsAFailureAndNotTheEndOfAllSyncs() {
        service.configure(target(() -> storage));
        settle();
        ann.close();
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.RETRYING);
        assertThat(service.status().retryAt()).isNotNull();
    }

    @ExpectLog("listener of the sync's status failed")
    @Test
    void aListenerThatFailsInWhateverWayKeepsNoSyncFromItsEnd() {
        service.listen(status -> {
            throw new ExceptionInInitializerError("not to be shown");
        });
        service.configure(target(() -> storage));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
    }

    private static final Instant NOTICED = Instant.parse("2026-11-21T08:00:00Z");

    private static SyncReport blocked(List<SyncReport.QuarantinedFile> files, Map<ReplicaId, Long> lacking) {
        Map<ReplicaId, Instant> since =
                lacking.keySet().stream().collect(Collectors.toMap(each -> each, each -> NOTICED));
        return new SyncReport(0, 0, 0, 0, 0, 1, lacking, since, 0, 0, 0, 0, Map.of(), files, false, false);
    }

    @Test
    void aKeyThatOnlyAnotherDeviceHasIsAskedFor() {
        String file = "v1/log/0123456789abcdef/0-1.age";
        SyncReport report = blocked(List.of(new SyncReport.QuarantinedFile(file, Problem.FILE_KEY_UNKNOWN)), Map.of());
        assertThat(SyncOutcome.problemIn(report, "/sync", NOTICED))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        trouble -> assertThat(trouble.problem()).isEqualTo(Problem.SYNC_NEW_KEY));
    }

    @Test
    void aGapIsSaidWhenItLastsAndNotWhileAFolderToolIsAtWork() {
        SyncReport report = blocked(List.of(), Map.of(new ReplicaId(7), 3L));
        assertThat(SyncOutcome.problemIn(report, "/sync", NOTICED.plusSeconds(60)))
                .isNull();
        assertThat(SyncOutcome.problemIn(report, "/sync", NOTICED.plusSeconds(3600)))
                .hasMessageContaining("1 of them, wait for others");
    }

    @Test
    void aWrongClockIsSaidThoughEverythingIsSynced() {
        List<Duration> ahead = new ArrayList<>(List.of(Duration.ofMinutes(-9)));
        service.configure(target(() -> new CountingCalls(storage) {
            @Override
            public Optional<Duration> clockAhead() {
                return Optional.of(ahead.getFirst());
            }
        }));
        settle();
        assertThat(service.status().state()).isEqualTo(State.IDLE);
        assertThat(service.status().lastSuccess()).isNotNull();
        assertThat(service.status().reason()).hasMessageContaining("9 minutes behind");
        ahead.set(0, Duration.ofSeconds(3));
        service.syncNow();
        settle();
        assertThat(service.status().reason()).isNull();
    }
}
