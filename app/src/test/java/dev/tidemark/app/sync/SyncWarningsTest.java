package dev.tidemark.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.sync.SyncWarnings.FastClock;
import dev.tidemark.app.sync.SyncWarnings.OtherDevice;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings about another device: two real databases with a folder. */
class SyncWarningsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path place;

    private Path shared;
    private Instant phoneTime = NOW;

    @BeforeEach
    void makeFolder() throws IOException {
        shared = Files.createDirectory(place.resolve("shared"));
    }

    private Database laptop() {
        return open("Laptop", () -> NOW);
    }

    private Database phone() {
        return open("Phone", () -> phoneTime);
    }

    private Database open(String name, java.time.InstantSource clock) {
        return Database.open(
                place.resolve(name + ".db"),
                LibrarySchema.SCHEMA,
                DatabaseOptions.DEFAULT.named(name).with(clock));
    }

    private SyncReport sync(Database database) {
        try (FolderStorage storage = FolderStorage.open(shared)) {
            return RemoteLibrary.open(database, storage).sync();
        }
    }

    private static @Nullable OtherDevice blocker(Database database, SyncReport report, Instant now) {
        return SyncWarnings.of(database, blocked(report), now).blocker();
    }

    private static SyncStatus blocked(SyncReport report) {
        var file = report.quarantined().getFirst();
        return new SyncStatus(
                SyncStatus.State.NEEDS_ATTENTION,
                null,
                0,
                null,
                new SyncException(Problem.SYNC_BLOCKED, report.blocked(), file.name(), file.reason()),
                null,
                report);
    }

    private static SyncStatus idle() {
        return new SyncStatus(SyncStatus.State.IDLE, NOW, 0, null, null, null, null);
    }

    @Test
    void aClockThatIsAheadIsNamedUntilItIsRightAgain() {
        try (Database laptop = laptop();
                Database phone = phone()) {
            phoneTime = NOW.plus(Duration.ofDays(3));
            new Items(phone).add(NewItem.todo("From the future"));
            sync(phone);
            sync(laptop);
            assertThat(SyncWarnings.of(laptop, idle(), NOW).clocks()).containsExactly(new FastClock("Phone", 3));
        }
        try (Database laptop = laptop()) {
            assertThat(SyncWarnings.of(laptop, idle(), NOW).clocks()).containsExactly(new FastClock("Phone", 3));
        }
    }

    @Test
    void theDeviceIsNamedWhoseFileHasBeenBadForADay() throws IOException {
        try (Database laptop = laptop();
                Database phone = phone()) {
            new Items(phone).add(NewItem.todo("Buy milk"));
            sync(phone);
            damage("v1/log/" + phone.replica());
            SyncReport report = sync(laptop);
            assertThat(report.blocked()).isPositive();
            Instant noticed = report.missingSince().get(phone.replica());
            assertThat(blocker(laptop, report, noticed)).isNull();
            assertThat(blocker(laptop, report, noticed.plus(Duration.ofHours(23))))
                    .isNull();
            assertThat(blocker(laptop, report, noticed.plus(Duration.ofHours(25))))
                    .isNotNull()
                    .extracting(OtherDevice::replica)
                    .isEqualTo(phone.replica());
        }
    }

    private void damage(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(shared.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            }
        }
    }
}
