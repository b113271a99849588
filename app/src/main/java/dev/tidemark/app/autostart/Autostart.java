package dev.tidemark.app.autostart;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.app.settings.ProfileFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Starts Tidemark at login with one file: an XDG autostart entry on Linux, a launch agent on macOS, or a script in the
 * Startup folder on Windows. The file is the only state, so deleting the file turns autostart off. Thread-safe.
 */
public final class Autostart {
    private static final String NAME = "dev.tidemark.app";

    private final Path file;
    private final String content;

    private Autostart(Path file, String content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Returns the autostart of this system; empty if the app is not installed, because there is no program to start.
     */
    public static Optional<Autostart> ofSystem(ProfileFolders folders) {
        String program = System.getProperty("jpackage.app-path");
        return program == null
                ? Optional.empty()
                : Optional.of(of(
                        System.getProperty("os.name", ""), System.getenv(), ProfileFolders.home(), program, folders));
    }

    /** Returns the autostart of a profile on any system. */
    static Autostart of(
            String system, Map<String, String> environment, Path home, String program, ProfileFolders folders) {
        List<String> command = new ArrayList<>(List.of(program));
        String name = NAME;
        if (!folders.equals(ProfileFolders.standard())) {
            command.addAll(List.of("--profile", folders.data().toString()));
            name += "-"
                    + UUID.nameUUIDFromBytes(
                            folders.data().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        command.add("--background");
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return new Autostart(home.resolve("Library/LaunchAgents").resolve(name + ".plist"), agent(name, command));
        }
        if (lower.startsWith("windows")) {
            String roaming = environment.getOrDefault(
                    "APPDATA", home.resolve("AppData/Roaming").toString());
            return new Autostart(
                    Path.of(roaming)
                            .resolve("Microsoft/Windows/Start Menu/Programs/Startup")
                            .resolve(name + ".cmd"),
                    // The file is UTF-8, which cmd reads correctly only in code page 65001.
                    "@chcp 65001 >nul\r\n@start \"\" "
                            + command.stream()
                                    .map(word -> '"' + word.replace("%", "%%") + '"')
                                    .collect(Collectors.joining(" "))
                            + "\r\n");
        }
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = Path.of(configuration).isAbsolute() ? Path.of(configuration) : home.resolve(".config");
        return new Autostart(base.resolve("autostart").resolve(name + ".desktop"), entry(command));
    }

    /**
     * Returns the desktop entry. As the desktop entry specification requires, quotes each argument and then escapes the
     * whole command.
     */
    private static String entry(List<String> command) {
        String exec = command.stream()
                .map(word -> '"' + word.replaceAll("([\"`$\\\\])", "\\\\$1").replace("%", "%%") + '"')
                .collect(Collectors.joining(" "))
                .replace("\\", "\\\\");
        return "[Desktop Entry]\nType=Application\nName=Tidemark\nExec=" + exec
                + "\nTerminal=false\nX-GNOME-Autostart-enabled=true\n";
    }

    private static String agent(String name, List<String> command) {
        String arguments = command.stream()
                .map(word -> "        <string>"
                        + word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</string>\n")
                .collect(Collectors.joining());
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
                <key>Label</key>
                <string>%s</string>
                <key>ProgramArguments</key>
                <array>
            %s    </array>
                <key>RunAtLoad</key>
                <true/>
            </dict>
            </plist>
            """.formatted(name, arguments);
    }

    /** Returns the file, which exists if autostart is on. */
    public Path file() {
        return file;
    }

    public boolean isOn() {
        return Files.exists(file);
    }

    /**
     * Turns autostart on or off.
     *
     * @throws ProblemException if the file cannot be written or removed
     */
    public void set(boolean wanted) {
        try {
            if (!wanted) {
                Files.deleteIfExists(file);
                return;
            }
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder == null ? file : folder);
            PrivateFile.write(file, content);
        } catch (IOException e) {
            throw new ProblemException(e, "file.unwritable", file);
        }
    }
}
