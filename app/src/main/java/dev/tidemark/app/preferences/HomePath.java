package dev.tidemark.app.preferences;

import java.nio.file.Path;

/** Shortens the home folder in a path to {@code ~}. */
final class HomePath {
    private HomePath() {}

    /** Returns the path, with {@code ~} for the home folder if the path is inside it. */
    static String shown(Path path, Path home) {
        if (!path.startsWith(home) || path.equals(home)) {
            return path.toString();
        }
        return Path.of("~").resolve(home.relativize(path)).toString();
    }
}
