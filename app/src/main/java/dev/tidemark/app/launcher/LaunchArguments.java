package dev.tidemark.app.launcher;

import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A command line that opens a window instead of running a command. Immutable. */
record LaunchArguments(ProfileFolders folders, LaunchRequest request) {
    private static final String PROFILE = "--profile";

    /** The suffix of the files that the user can open by a double click. */
    private static final String EXPORT = ".tidemark";

    /**
     * Parses a command line. Returns {@code null} for a command, and for an invalid command line, which the parser of
     * commands reports.
     */
    static @Nullable LaunchArguments of(String... arguments) {
        @Nullable LaunchRequest request = null;
        for (int index = 0; index < arguments.length; index++) {
            if (arguments[index].equals(PROFILE) && index + 1 < arguments.length) {
                index++;
            } else if (!arguments[index].startsWith(PROFILE + "=")) {
                @Nullable LaunchRequest named = named(arguments[index]);
                if (named == null || request != null) {
                    return null;
                }
                request = named;
            }
        }
        return new LaunchArguments(folders(arguments), request == null ? new LaunchRequest.Window() : request);
    }

    private static @Nullable LaunchRequest named(String argument) {
        return switch (argument) {
            case "--background" -> new LaunchRequest.Background();
            case "--new-item" -> new LaunchRequest.NewItem();
            case "quick" -> new LaunchRequest.QuickAdd("");
            default ->
                argument.toLowerCase(Locale.ROOT).endsWith(EXPORT)
                        ? new LaunchRequest.Import(Path.of(argument).toAbsolutePath())
                        : null;
        };
    }

    /**
     * Finds the profile in any command line. Called before the command line is parsed, because the profile's log
     * contains parse errors.
     */
    static ProfileFolders folders(String... arguments) {
        for (int index = 0; index < arguments.length; index++) {
            String argument = arguments[index];
            if (argument.startsWith(PROFILE + "=")) {
                return ProfileFolders.below(Path.of(argument.substring(PROFILE.length() + 1)));
            }
            if (argument.equals(PROFILE) && index + 1 < arguments.length) {
                return ProfileFolders.below(Path.of(arguments[index + 1]));
            }
        }
        return ProfileFolders.standard();
    }
}
