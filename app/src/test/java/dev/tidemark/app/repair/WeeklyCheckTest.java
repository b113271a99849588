package dev.tidemark.app.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is checked once a week, while nobody uses it, and the last result is remembered. */
class WeeklyCheckTest {
    @TempDir
    private Path profile;

    private final List<LibraryRepair.Findings> found = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private boolean idle = true;
    private ProfileFolders folders;
    private Database database;
    private LibraryRepair library;
    private WeeklyCheck check;

    @BeforeEach
    void open() {
        folders = ProfileFolders.below(profile);
        folders.create();
        database = Database.open(folders.database(), LibrarySchema.SCHEMA);
        new Items(database).add(NewItem.todo("Buy milk"));
        library = new LibraryRepair(new Backups(folders, () -> now), database);
        start();
    }

    private void start() {
        SerialTaskRunner atOnce = SerialTaskRunner.on(Runnable::run, Runnable::run);
        check = new WeeklyCheck(library, atOnce, () -> idle, found::add, failed::add);
        check.runIfDue();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Instant last() {
        return new LastCheck(folders).read().map(LastCheck.Entry::at).orElse(null);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        check.runIfDue();
    }

    private void writeByAnotherProgram(String sql) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folders.database());
                Statement statement = file.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void isDueSomeMinutesAfterTheFirstStartAndThenEachWeek() {
        pass(Duration.ofMinutes(9));
        assertThat(last()).isNull();
        pass(Duration.ofMinutes(1));
        Instant first = now;
        assertThat(last()).isEqualTo(first);

        pass(Duration.ofDays(6));
        start();
        pass(Duration.ofHours(1));
        assertThat(last()).isEqualTo(first);
        pass(Duration.ofDays(1));
        assertThat(last()).isEqualTo(now);
        assertThat(new LastCheck(folders).read().map(LastCheck.Entry::result)).contains(LastCheck.Result.SOUND);
        assertThat(found).isEmpty();
    }

    @Test
    void waitsUntilTheUserIsIdle() {
        idle = false;
        pass(Duration.ofHours(2));
        assertThat(last()).isNull();
        idle = true;
        pass(Duration.ofMinutes(1));
        assertThat(last()).isEqualTo(now);
    }

    @Test
    void saysWhatItFound() throws SQLException {
        writeByAnotherProgram("UPDATE item SET title = 'Buy malk'");
        pass(Duration.ofHours(1));
        assertThat(found).hasSize(1);
        assertThat(RepairText.found(found.getFirst())).first().asString().contains("One entry differs");
        assertThat(new LastCheck(folders).read().map(LastCheck.Entry::result)).contains(LastCheck.Result.REPAIRABLE);
        assertThat(failed).isEmpty();
    }

    @Test
    void aCheckThatIsEndedFindsAndRecordsNothing() {
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> library.check(() -> true, share -> {}));
        assertThat(last()).isNull();
        check.close();
        pass(Duration.ofHours(1));
        assertThat(last()).isNull();
        assertThat(database.maintenance().check().isSound())
                .as("the connection works on")
                .isTrue();
    }

    @Test
    void aDamagedRecordMakesTheNextCheckDue() throws Exception {
        Files.writeString(profile.resolve("last-check.properties"), "at=yesterday\n");
        pass(Duration.ofHours(1));
        assertThat(last()).isEqualTo(now);
    }
}
