package dev.tidemark.app.diagnostics;

import dev.tidemark.app.settings.ProfileFolders;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces the home folder in a text with {@code ~}, so that the text does not contain the user's name. Immutable and
 * thread-safe.
 */
final class HomePathRedactor {
    private static final int SHORTEST = 3;

    private final Pattern home;

    /** @param homes the user's home folders; empty paths and root folders are ignored */
    HomePathRedactor(String... homes) {
        String paths = Stream.of(homes)
                .map(home -> home.replaceAll("[/\\\\]+$", ""))
                .filter(path -> path.length() >= SHORTEST)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.home = Pattern.compile(paths.isEmpty() ? "(?!)" : "(?:" + paths + ")(?![\\w.-])");
    }

    /** Returns a redactor for the home folder of the account and the home folder in {@code HOME}. */
    static HomePathRedactor ofSystem() {
        return new HomePathRedactor(
                System.getProperty("user.home", ""), ProfileFolders.home().toString());
    }

    String redact(String text) {
        return home.matcher(text).replaceAll("~");
    }
}
