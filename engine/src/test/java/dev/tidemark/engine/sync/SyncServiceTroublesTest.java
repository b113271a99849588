package dev.tidemark.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageUnreachableException;
import dev.tidemark.engine.sync.SyncStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a background sync says of troubles, and how it goes on. */
class SyncServiceTroublesTest extends SyncServiceFixture {
    @Test
    void waitsLongerWithEachFailureAndRecovers() {
        List<Duration> waits = new ArrayList<>();
        service.configure(target(() -> {
            throw new StorageUnreachableException(Problem.STORAGE_FOLDER_MISSING, "/sync");
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

    @Test
    void aKeyThatOnlyAnotherDeviceHasIsAskedFor() {
        String file = "v1/log/0123456789abcdef/0-1.age";
        SyncReport report = new SyncReport(
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                0,
                Map.of(),
                List.of(new QuarantinedFile(file, Problem.FILE_KEY_UNKNOWN)),
                false,
                false);
        assertThat(SyncOutcome.troubleIn(report, "/sync"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        trouble -> assertThat(trouble.problem()).isEqualTo(Problem.SYNC_NEW_KEY));
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
