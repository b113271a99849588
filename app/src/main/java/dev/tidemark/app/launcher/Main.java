package dev.tidemark.app.launcher;

import dev.tidemark.app.cli.Commands;
import dev.tidemark.app.cli.Terminal;
import dev.tidemark.app.diagnostics.LogFile;
import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the program starts. With a command, it runs that and touches no class of JavaFX; without one, it opens the
 * window. It does not extend {@code Application}, so JavaFX may lie on the class path.
 */
public final class Main {
    private static final String PROFILE = "--profile";

    /** Reminders and sync without a window, until the program is started again without this. */
    private static final String BACKGROUND = "--background";

    private Main() {}

    /**
     * Starts the program, and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        boolean background = Arrays.asList(arguments).contains(BACKGROUND);
        ProfileFolders window = windowOf(Arrays.stream(arguments)
                .filter(argument -> !argument.equals(BACKGROUND))
                .toArray(String[]::new));
        if (window == null) {
            LogFile.forCommands(foldersOf(arguments).logs());
            System.exit(Commands.run(Terminal.ofProcess(), arguments));
        } else {
            LogFile.forWindow(window.logs());
            System.exit(WindowStart.open(window, Terminal.ofProcess().errors(), background));
        }
    }

    /** The profile, if there is nothing else on the command line; {@code null} if there is a command. */
    static @Nullable ProfileFolders windowOf(String... arguments) {
        return switch (arguments.length) {
            case 0 -> ProfileFolders.standard();
            case 1 -> arguments[0].startsWith(PROFILE + "=") ? foldersOf(arguments) : null;
            case 2 -> arguments[0].equals(PROFILE) ? foldersOf(arguments) : null;
            default -> null;
        };
    }

    /** Looks for the profile before the command line is understood, since that, too, may have to be logged. */
    private static ProfileFolders foldersOf(String... arguments) {
        for (int index = 0; index < arguments.length; index++) {
            String argument = arguments[index];
            if (argument.startsWith(PROFILE + "=")) {
                return below(argument.substring(PROFILE.length() + 1));
            }
            if (argument.equals(PROFILE) && index + 1 < arguments.length) {
                return below(arguments[index + 1]);
            }
        }
        return ProfileFolders.standard();
    }

    private static ProfileFolders below(String folder) {
        return ProfileFolders.below(Path.of(folder));
    }
}
