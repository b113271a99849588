package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.ThrottledStorage;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * N11: the monthly cost of an idle device, from the requests of 24 simulated hours, matches the estimate shown to
 * users.
 */
class SyncCostTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Proof
    @Test
    void anIdleDeviceCostsLessThanFiveCentsAMonthAndTheEstimateSaysSo() {
        ManualTimer timer = new ManualTimer();
        // Listing a bucket is never free, so nobody looks into it every second.
        CountingStorage storage = new CountingStorage(
                new ThrottledStorage(new MemoryStorage(), ThrottledStorage.Delays.FAR_BUCKET, time -> {}));
        try (Database database =
                        Database.open(folder.resolve("ann.db"), SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
                SyncService service = SyncService.start(database, "test", timer, new Random(1))) {
            database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, 'a')", Ids.next()));
            service.configure(new SyncService.Target("memory", () -> storage, INTERVAL));
            timer.pass(Duration.ofHours(1));
            assertThat(service.status().lastSuccess()).isNotNull();
            CountingStorage.Counts before = storage.counts();
            timer.pass(Duration.ofHours(24));
            CountingStorage.Counts day = storage.counts().since(before);
            SyncCost month = SyncCost.of(day).times(30);
            System.out.printf(
                    "N11: idle, %d s: %d lists, %d puts, %d gets a day, %.4f USD a month; estimated %.4f USD%n",
                    INTERVAL.toSeconds(),
                    day.lists(),
                    day.puts(),
                    day.gets(),
                    month.dollars(),
                    SyncCost.idleMonth(INTERVAL).dollars());
            assertThat(day.lists()).isPositive();
            assertThat(month.dollars()).isLessThanOrEqualTo(0.05);
            assertThat(SyncCost.idleMonth(INTERVAL).dollars())
                    .isBetween(month.dollars() * 0.9, month.dollars() * 1.1 + 0.001);
        }
    }

    @Test
    void costsMoreTheOftenerOneLooksAndTheMoreOneEdits() {
        assertThat(SyncCost.idleMonth(Duration.ofSeconds(5)).dollars()).isGreaterThan(0.2);
        assertThat(SyncCost.idleMonth(Duration.ofMinutes(15)).dollars()).isLessThan(0.01);
        SyncCost busy = SyncCost.month(INTERVAL, 100);
        assertThat(busy.gets()).isEqualTo(3_000);
        assertThat(busy.listsAndPuts())
                .isGreaterThan(SyncCost.idleMonth(INTERVAL).listsAndPuts() + 3_000);
        assertThat(busy.requests()).isEqualTo(busy.listsAndPuts() + 3_000);
    }

    @Test
    void isTheSumOfTheListPrices() {
        assertThat(new SyncCost(1_000_000, 1_000_000).dollars())
                .isEqualTo(5.4, org.assertj.core.data.Offset.offset(1e-9));
    }
}
