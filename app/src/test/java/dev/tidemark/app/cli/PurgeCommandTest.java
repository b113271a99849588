package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purge removes an item and reports where its text remains. */
class PurgeCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        for (String name : List.of("laptop", "phone")) {
            run(name, "config", "set", "device.name", name).printed();
            run(name, "config", "set", "sync.folder", shared.toString()).printed();
        }
    }

    private CommandRun run(String profile, String... arguments) {
        return CommandRun.on(folder.resolve(profile), arguments);
    }

    @Test
    void aPurgeBeforeTheFirstSyncErasesTheTextAtOnce() {
        String id = run("laptop", "add", "Xylophone").printed().strip();
        assertThat(run("laptop", "purge", id).printed()).contains("Deleted, with its text in the changelog.");
        assertThat(run("laptop", "status").printed()).doesNotContain("Deleted for good");
        assertThat(run("laptop", "status", "--json").object()).containsEntry("purged", 0);
    }

    @Test
    void purgeAndStatusSayWhereTheTextStaysAndWhichDeviceStillShowsIt() {
        assertThat(run("laptop", "status").printed()).doesNotContain("Deleted for good");
        String id = run("laptop", "add", "Xylophone").printed().strip();
        run("laptop", "sync").printed();
        run("phone", "sync").printed();
        run("laptop", "sync").printed();
        assertThat(run("laptop", "purge", id).printed())
                .contains("Not deleted yet on: phone.", "the storage have the text until all devices have synced");
        assertThat(run("laptop", "status").printed())
                .contains(
                        "Deleted for good: 1 item; its text is in changelogs and in the storage",
                        "Not deleted yet: phone (1 item)");
        run("laptop", "sync").printed();
        run("phone", "sync").printed();
        run("laptop", "sync").printed();
        assertThat(run("laptop", "status").printed())
                .contains("Deleted for good: 1 item; its text is in changelogs and in the storage")
                .doesNotContain("Not deleted yet");
        assertThat(run("phone", "status", "--json").object())
                .containsEntry("purged", 1)
                .containsEntry("purgedWaiting", Map.of());
    }

    @Test
    void aPurgeRemovesTheCopiesOfFilesThatWereOpened() throws IOException {
        Path scan = Files.writeString(folder.resolve("scan.pdf"), "what the scan shows");
        String id = run("laptop", "add", "Xylophone").printed().strip();
        run("laptop", "attach", id, scan.toString()).printed();
        Path blobs = folder.resolve("laptop/tidemark.db.blobs");
        Path opened = Files.createDirectories(folder.resolve("laptop/cache/opened"));
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path blob : files.toList()) {
                String name = String.valueOf(blob.getFileName());
                if (name.length() == 64) {
                    Files.setLastModifiedTime(blob, FileTime.fromMillis(0));
                    Path copies = Files.createDirectory(opened.resolve(name.substring(0, 16)));
                    Files.copy(scan, copies.resolve("scan.pdf"));
                }
            }
        }
        assertThat(opened).isNotEmptyDirectory();
        run("laptop", "purge", id).printed();
        assertThat(opened).isEmptyDirectory();
        try (Stream<Path> files = Files.list(blobs)) {
            assertThat(files)
                    .noneMatch(file -> String.valueOf(file.getFileName()).length() == 64);
        }
    }

    @Test
    void aCopyThatCannotBeDeletedIsAWarningAfterThePurgeAndTheSync() throws IOException {
        String id = run("laptop", "add", "Xylophone").printed().strip();
        Path stuck = folder.resolve("laptop/cache/opened/0000");
        Files.createDirectories(stuck.resolve("folder/file"));
        CommandRun purge = run("laptop", "purge", id);
        assertThat(purge.code()).isZero();
        assertThat(purge.output()).contains("Deleted, with its text in the changelog.");
        assertThat(purge.errors()).contains(stuck.toString()).hasLineCount(1);
        CommandRun sync = run("laptop", "sync");
        assertThat(sync.code()).isZero();
        assertThat(sync.output()).isNotBlank();
        assertThat(sync.errors()).contains(stuck.toString()).hasLineCount(1);
    }
}
