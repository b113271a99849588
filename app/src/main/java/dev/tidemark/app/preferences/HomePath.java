package dev.tidemark.app.preferences;

import java.nio.file.Path;

/** How a folder is shown: as people write it, with {@code ~} for their own. */
final class HomePath {
    private HomePath() {}

    /** The path, beginning with {@code ~} if it lies in this home folder. */
    static String shown(Path path, Path home) {
        if (!path.startsWith(home) || path.equals(home)) {
            return path.toString();
        }
        return Path.of("~").resolve(home.relativize(path)).toString();
    }
}
