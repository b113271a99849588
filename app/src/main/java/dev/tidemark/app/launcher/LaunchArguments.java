package dev.tidemark.app.launcher;

import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A command line that runs no command but opens a window, or is to later. Immutable.
 *
 * @param folders of the profile
 * @param request what it is for
 */
record LaunchArguments(ProfileFolders folders, LaunchRequest request) {
    private static final String PROFILE = "--profile";

    /** What files have at their end that open with a double click. */
    private static final String EXPORT = ".tidemark";

    /** Reads a command line; {@code null} if there is a command on it, or what only a command can complain of. */
    static @Nullable LaunchArguments of(String... arguments) {
        @Nullable LaunchRequest wish = null;
        for (int index = 0; index < arguments.length; index++) {
            if (arguments[index].equals(PROFILE) && index + 1 < arguments.length) {
                index++;
            } else if (!arguments[index].startsWith(PROFILE + "=")) {
                @Nullable LaunchRequest named = named(arguments[index]);
                if (named == null || wish != null) {
                    return null;
                }
                wish = named;
            }
        }
        return new LaunchArguments(folders(arguments), wish == null ? new LaunchRequest.Window() : wish);
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

    /** The profile of any command line: looked for before it is understood, since that, too, may have to be logged. */
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
