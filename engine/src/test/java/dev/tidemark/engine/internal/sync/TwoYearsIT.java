package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three devices sync daily for two simulated years: the size of the storage and the cost of a sync do not grow with
 * time (docs/scale.md).
 */
@Proof
class TwoYearsIT {
    private static final int DAYS = 730;
    private static final int MONTH = 30;
    private static final int SYNCS_A_DAY = 2;
    private static final int ROWS = 150;
    private static final int NOTE = 700;

    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT)")
            .synced("todo")
            .build();

    @TempDir
    Path folder;

    private final Random random = new Random(20_261_121);
    private final MemoryStorage memory = new MemoryStorage();
    private final CountingStorage storage = new CountingStorage(memory);
    private final List<UUID> rows = new ArrayList<>();
    private final SetClock clock = new SetClock("2026-01-01T07:00:00Z");

    /** What was seen in a month. */
    private static final class Month {
        private long objects;
        private long bytes;
        private long requests;
        private long maintenance;
        private long mostOfASync;
        private long syncs;
    }

    private Database open(String name) {
        return Database.open(
                folder.resolve(name + ".db"),
                SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(clock).named(name));
    }

    private RemoteLibrary library(Database database) {
        return RemoteLibrary.open(database, storage, "", clock);
    }

    @Test
    void whatLiesInTheStorageAndWhatASyncCostsDoNotGrowWithTime() {
        Database[] devices = {open("ann"), open("bob"), open("cid")};
        try {
            List<RemoteLibrary> libraries = new ArrayList<>();
            for (Database device : devices) {
                libraries.add(library(device));
            }
            List<Month> months = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                if (day % MONTH == 0) {
                    months.add(new Month());
                }
                live(devices, libraries, months.getLast());
            }
            print(months);
            check(months);
            settle(devices, libraries);
        } finally {
            for (Database device : devices) {
                device.close();
            }
        }
    }

    private void live(Database[] devices, List<RemoteLibrary> libraries, Month month) {
        for (int sync = 0; sync < SYNCS_A_DAY; sync++) {
            for (int number = 0; number < devices.length; number++) {
                clock.pass(Duration.ofMinutes(24L * 60 / SYNCS_A_DAY / devices.length));
                edit(devices[number]);
                edit(devices[number]);
                SyncReport report = libraries.get(number).sync();
                assertThat(report.isComplete()).isTrue();
                month.requests += report.requests();
                month.maintenance += report.maintenanceRequests();
                month.mostOfASync = Math.max(month.mostOfASync, report.requests());
                month.syncs++;
                look(month);
            }
        }
    }

    private void edit(Database device) {
        byte[] noise = new byte[NOTE];
        random.nextBytes(noise);
        String note = new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (rows.size() < ROWS) {
            UUID id = Ids.next();
            rows.add(id);
            device.write(tx -> tx.execute("INSERT INTO todo(id, title, note) VALUES (?, 'new', ?)", id, note));
            return;
        }
        UUID row = rows.get(random.nextInt(rows.size()));
        if (random.nextInt(20) == 0) {
            rows.remove(row);
            device.write(tx -> tx.execute("DELETE FROM todo WHERE id = ?", row));
        } else {
            device.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", note, row));
        }
    }

    private void look(Month month) {
        List<StoredObject> listing = memory.list("", null);
        month.objects = Math.max(month.objects, listing.size());
        month.bytes = Math.max(
                month.bytes, listing.stream().mapToLong(StoredObject::size).sum());
        Map<Object, List<SegmentIndex.Entry>> logs = new HashMap<>();
        for (StoredObject object : listing) {
            SegmentName.parse(object.name())
                    .ifPresent(name -> logs.computeIfAbsent(name.replica(), replica -> new ArrayList<>())
                            .add(new SegmentIndex.Entry(name, object.size())));
        }
        logs.values()
                // Those that a snapshot covers are not merged any more, and wait for their hour beside the others.
                .forEach(log ->
                        assertThat(SegmentCompaction.live(log)).hasSizeLessThanOrEqualTo(SegmentTiers.MAX_FILES + 16));
    }

    private static void print(List<Month> months) {
        System.out.println("month  objects      bytes  requests/sync  most  maintenance/sync");
        for (int number = 0; number < months.size(); number++) {
            Month month = months.get(number);
            System.out.printf(
                    "%5d  %7d %10d  %13.2f %5d  %16.2f%n",
                    number + 1,
                    month.objects,
                    month.bytes,
                    (double) month.requests / month.syncs,
                    month.mostOfASync,
                    (double) month.maintenance / month.syncs);
        }
    }

    private static void check(List<Month> months) {
        for (Month month : months) {
            assertThat(month.objects).isLessThanOrEqualTo(OBJECTS);
            assertThat(month.bytes).isLessThanOrEqualTo(BYTES);
            assertThat(month.mostOfASync).isLessThanOrEqualTo(REQUESTS_OF_A_SYNC);
            assertThat((double) month.maintenance / month.syncs).isLessThanOrEqualTo(MAINTENANCE_A_SYNC);
        }
    }

    private static final long OBJECTS = 3 * (2 * SegmentTiers.MAX_FILES + 2) + 20;
    private static final long BYTES = 20L << 20;
    private static final long REQUESTS_OF_A_SYNC = 6;
    private static final double MAINTENANCE_A_SYNC = 9;

    /** Left alone, everything comes to rest: the same everywhere, and one request a sync. */
    private void settle(Database[] devices, List<RemoteLibrary> libraries) {
        for (int round = 0; round < 4; round++) {
            clock.pass(Duration.ofDays(1));
            libraries.forEach(RemoteLibrary::sync);
        }
        Database dan = open("dan");
        try (dan) {
            library(dan).sync();
            for (int round = 0; round < 2; round++) {
                libraries.forEach(RemoteLibrary::sync);
            }
            library(dan).sync();
            for (Database device : devices) {
                assertThat(device.dump()).isEqualTo(dan.dump());
            }
        }
        libraries.forEach(RemoteLibrary::sync);
        for (RemoteLibrary library : libraries) {
            SyncReport report = library.sync();
            assertThat(report.requests() + report.maintenanceRequests()).isEqualTo(1);
        }
    }
}
