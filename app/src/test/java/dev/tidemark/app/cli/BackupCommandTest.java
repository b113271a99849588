package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are created, listed and restored. After a restore, the next sync loses nothing. */
class BackupCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("laptop"), arguments);
    }

    private CommandRun phone(String... arguments) {
        return CommandRun.on(folder.resolve("phone"), arguments);
    }

    private void connect() throws IOException {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        run("config", "set", "sync.folder", storage.toString()).printed();
        phone("config", "set", "sync.folder", storage.toString()).printed();
    }

    private static List<Object> titles(CommandRun list) {
        return list.objects().stream().map(item -> item.get("title")).toList();
    }

    @Test
    void aBackupIsWholeListedAndClosedToOthers() throws IOException {
        String milk = run("add", "Buy milk").printed().strip();
        Path photo = Files.writeString(folder.resolve("photo.jpg"), "not a photo");
        run("attach", milk, photo.toString()).printed();
        Path file = Path.of(run("backup").printed().strip());
        assertThat(file).isRegularFile();
        assertThat(run("backups").printed()).contains(String.valueOf(file.getFileName()));
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try (Stream<Path> attachments = Files.list(file.resolveSibling("attachments"))) {
            assertThat(attachments).hasSize(1);
        }
    }

    @Test
    void aBackupPutBackIsANewReplicaAndSyncLosesNothingOnEitherSide() throws IOException {
        connect();
        String milk = run("add", "Buy milk").printed().strip();
        Path photo = Files.writeString(folder.resolve("photo.jpg"), "not a photo");
        run("attach", milk, photo.toString()).printed();
        run("sync").printed();
        phone("sync").printed();
        String name = String.valueOf(run("backup", "--json").object().get("name"));

        run("add", "Synced since").printed();
        run("sync").printed();
        run("add", "Only here since").printed();
        phone("sync").printed();
        phone("add", "By the phone").printed();
        phone("sync").printed();

        Path aside =
                Path.of(String.valueOf(run("recover", name, "--json").object().get("aside")));
        assertThat(titles(run("list", "--json"))).containsExactly("Buy milk");
        run("add", "After the recovery").printed();
        run("sync").printed();
        phone("sync").printed();
        run("sync").printed();
        assertThat(titles(run("list", "--json")))
                .containsExactlyInAnyOrder("Buy milk", "Synced since", "By the phone", "After the recovery");
        assertThat(titles(phone("list", "--json"))).containsExactlyInAnyOrderElementsOf(titles(run("list", "--json")));
        assertThat(run("dump").printed()).isEqualTo(phone("dump").printed());
        assertThat(run("attachments", milk, "--json").objects()).hasSize(1);

        // What was only in the replaced file is still in it.
        Path old = Files.createDirectories(folder.resolve("old"));
        Files.copy(aside, old.resolve("tidemark.db"));
        Path wal = aside.resolveSibling(aside.getFileName() + "-wal");
        if (Files.exists(wal)) {
            Files.copy(wal, old.resolve("tidemark.db-wal"));
        }
        assertThat(titles(CommandRun.on(old, "list", "--json"))).contains("Only here since");
    }

    @Test
    void aBackupIsNotPutBackWhileAWindowHasTheProfile() throws IOException {
        run("add", "Buy milk").printed();
        String name = String.valueOf(run("backup", "--json").object().get("name"));
        run("add", "Since").printed();
        try (FileChannel window = PrivateFile.open(
                        folder.resolve("laptop/window.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = window.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(run("recover", name).failure()).contains("window");
        }
        assertThat(titles(run("list", "--json"))).hasSize(2);
        assertThat(run("recover", "tidemark-2020-01-01T000000Z.db").failure()).contains("tidemark-2020");
    }

    @Test
    void aDamagedBackupIsNotPutBack() throws IOException {
        run("add", "Buy milk").printed();
        Path file = Path.of(run("backup").printed().strip());
        Files.writeString(file, "no database at all");
        assertThat(run("recover", String.valueOf(file.getFileName())).failure()).contains("is damaged");
        assertThat(titles(run("list", "--json"))).containsExactly("Buy milk");
    }

    /** SQLite finds nothing wrong with another letter in a title. */
    @Test
    void aBackupWithAFlippedBitInATitleIsNotPutBack() throws IOException {
        run("add", "Buy milk").printed();
        Path file = Path.of(run("backup").printed().strip());
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Buy milk");
        bytes[at + 1] ^= 1;
        Files.write(file, bytes);
        assertThat(run("recover", String.valueOf(file.getFileName())).failure())
                .contains("is damaged", "Choose another");
        assertThat(run("doctor").output()).contains("The backup " + file.getFileName() + " is damaged");
        assertThat(titles(run("list", "--json"))).containsExactly("Buy milk");
    }

    @Test
    void aBackupIsNotPutBackWhileACommandUsesTheLibrary() throws IOException {
        run("add", "Buy milk").printed();
        String name = String.valueOf(run("backup", "--json").object().get("name"));
        run("add", "Since").printed();
        try (Database other = Database.open(folder.resolve("laptop/tidemark.db"), LibrarySchema.SCHEMA)) {
            assertThat(run("recover", name).failure()).contains("is in use");
            assertThat(other.dump()).contains("Since");
        }
        assertThat(titles(run("list", "--json"))).hasSize(2);
    }

    /** A folder in the way of a backup that is due to go. */
    @Test
    void anOldBackupThatCannotBeRemovedDoesNotHideThatTheNewOneWasMade() throws IOException {
        run("add", "Buy milk").printed();
        Path stuck = folder.resolve("laptop/backups/tidemark-2001-01-01T000000Z.db/full");
        for (int day = 1; day < 30; day++) {
            Files.createDirectories(stuck.resolveSibling("../tidemark-2001-01-%02dT000000Z.db/full".formatted(day)));
        }
        assertThat(run("backup").failure()).contains("was made", "tidemark-2001");
        assertThat(run("backups").printed().lines().filter(line -> !line.contains("2001")))
                .hasSize(1);
    }

    @Test
    void anUnwritableFolderIsToldAndLeavesNoHalfBackup() throws IOException {
        run("add", "Buy milk").printed();
        Files.writeString(folder.resolve("laptop/backups"), "in the way");
        assertThat(run("backup").failure()).contains("backups");
        Files.delete(folder.resolve("laptop/backups"));
        assertThat(run("backups").printed()).isEmpty();
    }
}
