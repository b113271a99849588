package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder that the user may not read or write gives one error message and no changes. */
@Proof
@EnabledOnOs(OS.LINUX)
class RefusedFoldersIT {
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r-xr-xr-x");
    private static final Set<PosixFilePermission> NOTHING = PosixFilePermissions.fromString("---------");
    private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rwxrwxrwx");

    @TempDir
    private Path folder;

    private final List<Path> restricted = new ArrayList<>();

    private void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        restricted.add(path);
        Files.setPosixFilePermissions(path, permissions);
    }

    @AfterEach
    void letTheFolderBeRemoved() throws IOException {
        for (Path path : restricted) {
            Files.setPosixFilePermissions(path, ALL);
        }
    }

    private static TidemarkProcess.Ended run(Path profile, String... arguments) {
        return TidemarkProcess.runWithoutPrivileges(profile, arguments);
    }

    private static String failure(TidemarkProcess.Ended ended) {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors().lines()).hasSize(1);
        return ended.errors();
    }

    @Test
    void aReadOnlyProfileIsRefused() throws IOException {
        Path profile = folder.resolve("profile");
        TidemarkProcess.run(profile, "add", "Buy milk").printed();
        String before = TidemarkProcess.run(profile, "dump").printed();
        restrict(profile, READ_ONLY);
        assertThat(failure(run(profile, "add", "Mow the lawn"))).contains(profile.toString(), "read-only");
        assertThat(failure(run(profile, "config", "set", "theme", "dark"))).contains("cannot be written");
        assertThat(failure(run(profile.resolve("new"), "list"))).contains("cannot be created");
        Files.setPosixFilePermissions(profile, ALL);
        assertThat(TidemarkProcess.run(profile, "dump").printed()).isEqualTo(before);
    }

    @Test
    void aSyncFolderThatMayNotBeReadOrWrittenIsRefused() throws IOException {
        Path profile = folder.resolve("profile");
        Files.setPosixFilePermissions(Files.createDirectory(profile), ALL);
        Files.setPosixFilePermissions(folder, ALL);
        Path shared = Files.createDirectory(folder.resolve("shared"));
        restrict(shared, READ_ONLY);
        assertThat(failure(run(profile, "config", "set", "sync.folder", shared.toString())))
                .contains(shared.toString(), "cannot be written to");
        restrict(shared, NOTHING);
        assertThat(failure(run(profile, "config", "set", "sync.folder", shared.toString())))
                .contains("cannot be read");
        restrict(shared, ALL);
        assertThat(run(profile, "config", "set", "sync.folder", shared.toString())
                        .code())
                .isZero();
        restrict(shared, NOTHING);
        assertThat(failure(run(profile, "sync"))).contains(shared.toString(), "permissions");
    }
}
