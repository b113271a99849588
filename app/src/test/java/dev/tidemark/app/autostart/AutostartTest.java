package dev.tidemark.app.autostart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.settings.ProfileFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autostart creates and removes its file on each system, and the Linux entry starts the program. */
class AutostartTest {
    @TempDir
    private Path home;

    private Autostart of(String system, ProfileFolders folders, String program) {
        return Autostart.of(system, Map.of(), home, program, folders);
    }

    @Test
    void aDesktopEntryStartsTheProgramAndIsRemovedAgain() throws Exception {
        Path program = home.resolve("a \"quoted\" $HOME 100% `program`");
        Path written = home.resolve("arguments");
        Files.writeString(program, "#!/bin/sh\nfor one in \"$@\"; do echo \"$one\" >> '" + written + "'; done\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path profile = home.resolve("my profile");
        Autostart autostart = of("Linux", ProfileFolders.below(profile), program.toString());
        assertThat(autostart.isOn()).isFalse();
        autostart.set(true);
        autostart.set(true);
        assertThat(autostart.isOn()).isTrue();
        assertThat(autostart.file().getParent()).isEqualTo(home.resolve(".config/autostart"));
        List<String> lines = Files.readAllLines(autostart.file());
        assertThat(lines).startsWith("[Desktop Entry]", "Type=Application").contains("Terminal=false");
        String exec = lines.stream()
                .filter(line -> line.startsWith("Exec="))
                .findFirst()
                .orElseThrow();
        // As a desktop reads it: the string's escapes, then percent signs, then quotes, which a shell reads alike.
        String command = exec.substring("Exec=".length()).replace("\\\\", "\\").replace("%%", "%");
        assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();
        assertThat(Files.readAllLines(written)).containsExactly("--profile", profile.toString(), "--background");
        autostart.set(false);
        autostart.set(false);
        assertThat(autostart.isOn()).isFalse();
        try (var left = Files.list(home.resolve(".config/autostart"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void otherSystemsHaveTheirOwnPlacesAndForms() throws IOException {
        Autostart mac =
                of("Mac OS X", ProfileFolders.standard(), "/Applications/Tide & Mark.app/Contents/MacOS/Tidemark");
        mac.set(true);
        assertThat(mac.file()).isEqualTo(home.resolve("Library/LaunchAgents/dev.tidemark.app.plist"));
        assertThat(Files.readString(mac.file()))
                .contains("<string>/Applications/Tide &amp; Mark.app/Contents/MacOS/Tidemark</string>")
                .contains("<string>--background</string>", "<key>RunAtLoad</key>");
        Autostart windows = of("Windows 11", ProfileFolders.standard(), "C:\\Prögramme\\Tidemark\\Tidemark.exe");
        windows.set(true);
        assertThat(windows.file().toString()).endsWith("Start Menu/Programs/Startup/dev.tidemark.app.cmd");
        assertThat(Files.readString(windows.file()))
                .hasLineCount(2)
                .startsWith("@chcp 65001 >nul\r\n")
                .endsWith("@start \"\" \"C:\\Prögramme\\Tidemark\\Tidemark.exe\" \"--background\"\r\n");
    }

    @Test
    void eachProfileHasAFileOfItsOwn() {
        assertThat(of("Linux", ProfileFolders.below(home.resolve("a")), "/bin/tidemark")
                        .file())
                .isNotEqualTo(of("Linux", ProfileFolders.below(home.resolve("b")), "/bin/tidemark")
                        .file());
    }
}
