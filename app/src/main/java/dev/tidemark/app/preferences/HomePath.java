package dev.tidemark.app.preferences;

import java.nio.file.Path;

/** Shortens the home folder in a path to {@code ~}. */
final class HomePath {
    private HomePath() {}

    /**
     * Returns the path as text. If the path is inside the home folder, the text begins with {@code ~} instead of the
     * home folder.
     */
    static String shown(Path path, Path home) {
        if (!path.startsWith(home) || path.equals(home)) {
            return path.toString();
        }
        return Path.of("~").resolve(home.relativize(path)).toString();
    }
}
