package dev.tidemark.app.launcher;

import dev.tidemark.app.cli.Commands;
import dev.tidemark.app.cli.Terminal;
import dev.tidemark.app.diagnostics.LogFile;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.SettingsFile;

/**
 * The entry point. With a command, it runs the command and loads no JavaFX class; otherwise it opens a window. It does
 * not extend {@code Application}, so JavaFX may be on the class path.
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
