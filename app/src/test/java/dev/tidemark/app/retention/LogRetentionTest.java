package dev.tidemark.app.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.checkpoints.LibraryAtCheckpoint;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.history.HistoryFilter;
import dev.tidemark.app.history.HistoryReader;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.HistoryRetention;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRetentionTest {
    @TempDir
    Path folder;

    private Instant now = Instant.now().minus(Duration.ofDays(500));
    private Database database;
    private UUID milk;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(folder.resolve("storage"));
        database = open("library.db");
        milk = new Items(database).add(NewItem.todo("Buy milk"));
        new Items(database).setTitle(milk, "Buy oat milk");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Database open(String name) {
        return Database.open(folder.resolve(name), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.with(() -> now));
    }

    private RemoteLibrary remote(Database device) {
        RemoteStorage storage = FolderStorage.open(folder.resolve("storage"));
        return RemoteLibrary.open(device, storage, "test", () -> now);
    }

    private LogRetention retention() {
        return new LogRetention(database, () -> now);
    }

    /** Syncs, and again after the day for which edit forms keep their causal context. */
    private void sync() {
        for (int time = 0; time < 3; time++) {
            remote(database).sync();
            now = now.plus(Duration.ofDays(2));
        }
    }

    private List<String> titles() {
        return database.list(ItemQueries.items(null, true, false)).stream()
                .map(item -> item.title())
                .toList();
    }

    @Test
    void changesOlderThanTheRetentionAreRemovedAndTheHistorySaysSince() {
        sync();
        now = now.plus(Duration.ofDays(400));
        new Items(database).setTitle(milk, "Buy soy milk");
        long before = database.changelog().statistics().all().entries();

        assertThat(retention().run(HistoryRetention.FOREVER)).isZero();
        assertThat(retention().run(HistoryRetention.YEAR)).isEqualTo(before - 1);
        assertThat(titles()).containsExactly("Buy soy milk");
        HistoryReader reader = new HistoryReader(database);
        assertThat(reader.page(HistoryFilter.NONE, null, 50).entries()).hasSize(1);
        assertThat(reader.truncatedBefore()).isPresent();
        assertThat(retention().run(HistoryRetention.YEAR)).isZero();
    }

    @Test
    void aCheckpointKeepsItsChangesAndWhatItCostsIsSaid() {
        sync();
        new Checkpoints(database, () -> now).create("Before the move", "");
        now = now.plus(Duration.ofDays(400));
        sync();
        new Items(database).setTitle(milk, "Buy soy milk");

        LogRetention.Expired expired = retention().expired(HistoryRetention.YEAR);
        assertThat(expired.retained()).isPositive();
        assertThat(expired.checkpoints()).extracting(each -> each.name()).containsExactly("Before the move");
        assertThat(retention().run(HistoryRetention.YEAR)).isZero();
        try (Database then =
                LibraryAtCheckpoint.open(database, new Checkpoints(database, () -> now).find("Before the move"))) {
            assertThat(then.list(ItemQueries.items(null, true, false))
                            .getFirst()
                            .title())
                    .isEqualTo("Buy oat milk");
        }

        new Checkpoints(database, () -> now).delete(expired.checkpoints().getFirst());
        assertThat(retention().run(HistoryRetention.YEAR)).isEqualTo(expired.changes());
    }

    @Test
    void aLibraryWithoutAStorageKeepsAllChanges() {
        now = now.plus(Duration.ofDays(400));
        assertThat(retention().expired(HistoryRetention.MONTH).changes()).isZero();
    }

    @Test
    void aDeviceThatJoinsAfterwardsGetsEverything() {
        sync();
        now = now.plus(Duration.ofDays(400));
        assertThat(retention().run(HistoryRetention.MONTH)).isPositive();
        new Items(database).add(NewItem.todo("Call Anna"));
        sync();
        try (Database other = open("other.db")) {
            remote(other).sync();
            assertThat(other.list(ItemQueries.items(null, true, false)))
                    .extracting(item -> item.title())
                    .containsExactlyInAnyOrder("Buy oat milk", "Call Anna");
        }
    }

    @Test
    void theAppTruncatesOnceADayAndNotRightAfterItsStart() {
        sync();
        now = now.plus(Duration.ofDays(400));
        List<Throwable> failures = new ArrayList<>();
        DailyTruncation daily = new DailyTruncation(
                retention(),
                () -> HistoryRetention.YEAR,
                SerialTaskRunner.on(Runnable::run, Runnable::run),
                failures::add);
        daily.runIfDue();
        assertThat(database.changelog().floor().isEmpty()).isTrue();
        now = now.plus(Duration.ofMinutes(11));
        daily.runIfDue();
        assertThat(database.changelog().floor().isEmpty()).isFalse();
        assertThat(failures).isEmpty();
    }
}
