package dev.tidemark.app.launcher;

import dev.tidemark.app.cli.Commands;
import dev.tidemark.app.cli.Terminal;
import dev.tidemark.app.diagnostics.LogFile;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.SettingsFile;

/**
 * The entry point. If the command line has a command, runs the command without loading JavaFX classes. Otherwise opens
 * a window. The class does not extend {@code Application}, so that JavaFX may be on the class path.
 */
public final class Main {
    private Main() {}

    /** Starts the program, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        LaunchArguments window = LaunchArguments.of(arguments);
        if (window == null) {
            ProfileFolders folders = LaunchArguments.folders(arguments);
            LogFile.forCommands(folders.logs());
            LanguageSetup.use(new SettingsFile(folders.settings()));
            System.exit(Commands.run(Terminal.ofProcess(), arguments));
        } else {
            System.exit(WindowLauncher.open(window, Terminal.ofProcess().errors()));
        }
    }
}
