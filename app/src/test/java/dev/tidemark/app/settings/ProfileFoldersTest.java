package dev.tidemark.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFoldersTest {
    private static final Path HOME = Path.of("/home/ann");

    @TempDir
    private Path folder;

    @Test
    void followsTheXdgPlacesOnLinux() {
        ProfileFolders standard = ProfileFolders.standard("Linux", Map.of(), HOME);
        assertThat(standard.database()).isEqualTo(HOME.resolve(".local/share/tidemark/tidemark.db"));
        assertThat(standard.settings()).isEqualTo(HOME.resolve(".config/tidemark/settings.properties"));
        assertThat(standard.cache()).isEqualTo(HOME.resolve(".cache/tidemark"));
        assertThat(standard.logs()).isEqualTo(HOME.resolve(".local/state/tidemark/logs"));
        assertThat(standard.state()).containsExactly(HOME.resolve(".local/state/tidemark/devices"));
        Map<String, String> environment = Map.of(
                "XDG_DATA_HOME", "/data", "XDG_CONFIG_HOME", "relative/is/ignored", "XDG_RUNTIME_DIR", "/run/user/1");
        ProfileFolders moved = ProfileFolders.standard("Linux", environment, HOME);
        assertThat(moved.data()).isEqualTo(Path.of("/data/tidemark"));
        assertThat(moved.configuration()).isEqualTo(HOME.resolve(".config/tidemark"));
        assertThat(moved.state())
                .containsExactly(HOME.resolve(".local/state/tidemark/devices"), Path.of("/run/user/1/tidemark"));
    }

    @Test
    void theHomeOfTheEnvironmentComesBeforeTheHomeOfTheAccount() {
        Map<String, String> moved = Map.of("HOME", "/srv/bea");
        assertThat(ProfileFolders.home("Linux", moved, HOME)).isEqualTo(Path.of("/srv/bea"));
        assertThat(ProfileFolders.home("Mac OS X", moved, HOME)).isEqualTo(Path.of("/srv/bea"));
        // A shell such as Git Bash sets it there; Windows itself does not know it.
        assertThat(ProfileFolders.home("Windows 11", moved, HOME)).isEqualTo(HOME);
        for (String unusable : List.of("", "relative")) {
            assertThat(ProfileFolders.home("Linux", Map.of("HOME", unusable), HOME))
                    .isEqualTo(HOME);
        }
        assertThat(ProfileFolders.home("Linux", Map.of(), HOME)).isEqualTo(HOME);
    }

    @Test
    void followsTheCustomsOfMacAndWindows() {
        ProfileFolders mac = ProfileFolders.standard("Mac OS X", Map.of(), HOME);
        assertThat(mac.data()).isEqualTo(HOME.resolve("Library/Application Support/Tidemark"));
        assertThat(mac.logs()).isEqualTo(HOME.resolve("Library/Logs/Tidemark"));
        ProfileFolders windows = ProfileFolders.standard(
                "Windows 11", Map.of("LOCALAPPDATA", "/c/Local", "APPDATA", "/c/Roaming"), HOME);
        assertThat(windows.data()).isEqualTo(Path.of("/c/Local/Tidemark/Data"));
        assertThat(windows.configuration()).isEqualTo(Path.of("/c/Roaming/Tidemark"));
    }

    @Test
    void putsEverythingBelowTheGivenFolder() {
        ProfileFolders given = ProfileFolders.below(folder.resolve("p"));
        assertThat(given.database().getParent()).isEqualTo(folder.resolve("p"));
        assertThat(given.settings()).startsWithRaw(folder.resolve("p"));
        assertThat(given.cache()).startsWithRaw(folder.resolve("p"));
        assertThat(given.logs()).startsWithRaw(folder.resolve("p"));
        // A copy of the profile must not contain the notes that tell it from the original.
        assertThat(given.state()).isNotEmpty().noneMatch(state -> state.startsWith(folder));
    }

    @Test
    void saysWhenAFileIsInTheWay() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> ProfileFolders.below(file).create())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("there is a file of that name");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
    void aProfileThatOthersCouldReadIsClosedToThemWhenItIsUsed() throws IOException {
        ProfileFolders profile = ProfileFolders.below(folder.resolve("a/p"));
        profile.create();
        assertThat(FileModes.of(profile.data())).isEqualTo("rwx------");
        Path blobs = Files.createDirectory(profile.data().resolve("tidemark.db.blobs"));
        Path opened = Files.createDirectories(profile.cache().resolve("opened/1f"));
        Files.createDirectory(profile.logs());
        for (Path file : List.of(
                profile.database(),
                profile.data().resolve("tidemark.db-wal"),
                profile.data().resolve("tidemark.db.sync-lock"),
                profile.settings(),
                profile.data().resolve("window.properties"),
                profile.data().resolve("unsaved.txt"),
                profile.logs().resolve("tidemark.1.log"),
                opened.resolve("photo.png"),
                blobs.resolve("0f"))) {
            Files.createFile(file);
            FileModes.set(file, "rw-r--r--");
        }
        FileModes.set(profile.data(), "rwxr-xr-x");
        profile.create();
        FileModes.assertClosed(profile.data());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
    void aFolderThatHoldsOtherFilesTooStaysOpenAndSoDoThey() throws IOException {
        Path script = Files.createFile(folder.resolve("backup.sh"));
        FileModes.set(script, "rwxr-xr-x");
        FileModes.set(folder, "rwxr-xr-x");
        ProfileFolders profile = ProfileFolders.below(folder);
        Files.createFile(profile.database());
        FileModes.set(profile.database(), "rw-r--r--");
        profile.create();
        assertThat(FileModes.of(folder)).isEqualTo("rwxr-xr-x");
        assertThat(FileModes.of(script)).isEqualTo("rwxr-xr-x");
        assertThat(FileModes.of(profile.database())).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "NFS", "afpfs"})
    void knowsNetworkDrives(String type) {
        assertThat(NetworkDrives.isNetwork(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "btrfs", "apfs", "NTFS", "overlay", "tmpfs", "zfs", "fuseblk", "xfs"})
    void knowsLocalDrives(String type) {
        assertThat(NetworkDrives.isNetwork(type)).isFalse();
    }
}
