package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark doctor} names what is wrong with a profile, and {@code doctor --repair} loses nothing. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    private Path laptop() {
        return folder.resolve("laptop");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.on(laptop(), arguments);
    }

    private static List<Object> titles(CommandRun list) {
        return list.objects().stream().map(item -> item.get("title")).toList();
    }

    private void damageItems() throws Exception {
        long page;
        Path file = laptop().resolve("tidemark.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            try (ResultSet root = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'item'")) {
                page = root.getLong(1);
            }
        }
        overwrite(file, (page - 1) * 4096);
    }

    private static void overwrite(Path file, long at) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(at);
            damaged.write(new byte[4096]);
        }
    }

    @Test
    void aHealthyProfileHasNoProblems() {
        run("add", "Buy milk").printed();
        run("backup").printed();
        CommandRun doctor = run("doctor");
        assertThat(doctor.code()).isZero();
        assertThat(doctor.output())
                .contains("Settings", "Database", "History", "Attachments", "One backup", "Sync is off")
                .doesNotContain("problem");
        assertThat(run("doctor", "--json").object())
                .containsEntry("healthy", true)
                .containsEntry("remedy", "nothing");
    }

    @Test
    void aDamagedDatabaseIsDiagnosedAndRebuiltFromBackupAndHistory() throws Exception {
        run("add", "Before the backup").printed();
        run("backup").printed();
        run("add", "Since the backup").printed();
        damageItems();

        CommandRun doctor = run("doctor");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.output())
                .contains("problem", "damaged", "Restore the backup of", "lacks one later change", "doctor --repair");

        Map<String, Object> done = run("doctor", "--repair", "--json").object();
        assertThat(done)
                .containsEntry("healthy", true)
                .containsEntry("done", "rebuild")
                .containsEntry("remedy", "nothing");
        assertThat(Path.of(String.valueOf(done.get("kept"))))
                .exists()
                .asString()
                .contains("tidemark.db.damaged-");
        assertThat(titles(run("list", "--json"))).containsExactlyInAnyOrder("Before the backup", "Since the backup");
    }

    @Test
    void aFileThatIsNoDatabaseAnyMoreIsReplacedByWhatIsLeft() throws Exception {
        run("add", "Before the backup").printed();
        run("backup").printed();
        run("add", "Since the backup").printed();
        overwrite(laptop().resolve("tidemark.db"), 0);

        CommandRun repair = run("doctor", "--repair");
        assertThat(repair.code()).isZero();
        assertThat(repair.output()).contains("One later change was recovered", "more may be missing", "is kept as");
        assertThat(titles(run("list", "--json"))).containsExactlyInAnyOrder("Before the backup", "Since the backup");
    }

    @Test
    void aRebuiltLibraryAndTheOtherDeviceAgreeAfterASync() throws Exception {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        Path phone = folder.resolve("phone");
        run("config", "set", "sync.folder", storage.toString()).printed();
        CommandRun.on(phone, "config", "set", "sync.folder", storage.toString()).printed();
        run("add", "Before the backup").printed();
        run("backup").printed();
        run("add", "Synced").printed();
        run("sync").printed();
        CommandRun.on(phone, "sync").printed();
        CommandRun.on(phone, "add", "By the phone").printed();
        CommandRun.on(phone, "sync").printed();
        run("add", "Never synced").printed();
        damageItems();

        assertThat(run("doctor", "--repair").code()).isZero();
        run("sync").printed();
        CommandRun.on(phone, "sync").printed();
        assertThat(titles(CommandRun.on(phone, "list", "--json")))
                .containsExactlyInAnyOrder("Before the backup", "Synced", "By the phone", "Never synced");
        assertThat(run("dump").printed()).isEqualTo(CommandRun.on(phone, "dump").printed());
    }

    @Test
    void aMissingDatabaseComesBackFromTheNewestSoundBackup() throws Exception {
        run("add", "Buy milk").printed();
        run("backup").printed();
        Path worse = laptop().resolve("backups/tidemark-2099-01-01T000000Z.db");
        Files.writeString(worse, "no database at all");
        Files.delete(laptop().resolve("tidemark.db"));

        assertThat(run("doctor").output()).contains("is missing", "tidemark-2099", "is damaged");
        CommandRun repair = run("doctor", "--repair", "--json");
        assertThat(repair.output()).contains("\"done\":\"restore\"");
        assertThat(repair.code()).as("a backup is still damaged").isEqualTo(1);
        assertThat(titles(run("list", "--json"))).containsExactly("Buy milk");
    }

    @Test
    void nothingIsRebuiltWhileAWindowHasTheLibrary() throws Exception {
        run("add", "Buy milk").printed();
        damageItems();
        try (FileChannel window = PrivateFile.open(
                        laptop().resolve("window.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = window.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(run("doctor").output()).contains("A window has the library open");
            assertThat(run("doctor", "--repair").failure()).contains("window");
        }
        assertThat(run("doctor", "--repair").code()).isZero();
        assertThat(titles(run("list", "--json"))).containsExactly("Buy milk");
    }

    @Test
    void aNewProfileAndBadSettingsAreDiagnosedWithoutMakingALibrary() throws IOException {
        assertThat(run("doctor").output()).contains("There is no library yet");
        assertThat(laptop().resolve("tidemark.db")).doesNotExist();
        run("add", "Buy milk").printed();
        Files.writeString(laptop().resolve("settings.properties"), "theme=pink\n");
        CommandRun doctor = run("doctor");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.output()).contains("pink");
    }
}
