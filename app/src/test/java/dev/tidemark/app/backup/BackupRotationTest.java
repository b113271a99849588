package dev.tidemark.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRotationTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void twoYearsOfDailyBackupsLeaveSevenDaysFourWeeksAndTwelveMonths() {
        Set<Instant> backups = new HashSet<>();
        for (int day = 0; day < 730; day++) {
            backups.add(START.plus(day, ChronoUnit.DAYS));
            backups.retainAll(BackupRotation.retained(backups, ZoneOffset.UTC));
        }
        Instant last = START.plus(729, ChronoUnit.DAYS);
        for (int day = 0; day < 7; day++) {
            assertThat(backups).contains(last.minus(day, ChronoUnit.DAYS));
        }
        assertThat(backups).hasSizeBetween(18, 23);
        assertThat(backups.stream().min(Instant::compareTo).orElseThrow())
                .isBetween(last.minus(370, ChronoUnit.DAYS), last.minus(330, ChronoUnit.DAYS));
    }

    @Test
    void aComputerThatWasOffForAYearLosesNothing() {
        Set<Instant> backups = Set.of(START, START.plus(1, ChronoUnit.DAYS), START.plus(400, ChronoUnit.DAYS));
        assertThat(BackupRotation.retained(backups, ZoneOffset.UTC)).isEqualTo(backups);
    }

    @Test
    void aBackupIsMadeOnceADayIfWantedAndAFailureIsToldOnce() throws Exception {
        Instant[] now = {START};
        List<Throwable> failures = new ArrayList<>();
        boolean[] wanted = {false};
        ProfileFolders folders = ProfileFolders.below(folder);
        folders.create();
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            new Items(database).add(NewItem.todo("Buy milk"));
            Backups backups = new Backups(folders, () -> now[0]);
            DailyBackup daily = new DailyBackup(
                    backups,
                    database,
                    () -> wanted[0],
                    SerialTaskRunner.on(Runnable::run, Runnable::run),
                    failures::add);
            daily.runIfDue();
            assertThat(backups.list()).isEmpty();
            wanted[0] = true;
            for (int hour = 0; hour < 50; hour++) {
                now[0] = now[0].plus(Duration.ofMinutes(61));
                daily.runIfDue();
            }
            assertThat(backups.list()).hasSize(3);

            Path moved = folder.resolve("elsewhere");
            Files.move(folders.backups(), moved);
            Files.writeString(folders.backups(), "in the way");
            for (int hour = 0; hour < 50; hour++) {
                now[0] = now[0].plus(Duration.ofMinutes(61));
                daily.runIfDue();
            }
            assertThat(failures).hasSize(1);
            Files.delete(folders.backups());
            Files.move(moved, folders.backups());
            now[0] = now[0].plus(Duration.ofMinutes(61));
            daily.runIfDue();
            assertThat(backups.list()).hasSize(4);
        }
    }
}
