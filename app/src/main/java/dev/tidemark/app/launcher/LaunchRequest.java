package dev.tidemark.app.launcher;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The window that a new process of the program is to open. If another process holds the profile, the new process sends
 * the request to that process as a line of text. Immutable.
 */
public sealed interface LaunchRequest {
    record Window() implements LaunchRequest {}

    /** No window. The process shows reminders and syncs until another start of the program opens a window. */
    record Background() implements LaunchRequest {}

    record NewItem() implements LaunchRequest {}

    /**
     * The quick-add window without the main window.
     *
     * @param typed the initial text
     */
    record QuickAdd(String typed) implements LaunchRequest {}

    /**
     * The main window, which offers to import an exported file.
     *
     * @param file the absolute path of the file
     */
    record Import(Path file) implements LaunchRequest {}

    default String text() {
        return switch (this) {
            case Window it -> "show";
            case Background it -> "background";
            case NewItem it -> "new-item";
            case QuickAdd it -> "quick-add " + URLEncoder.encode(it.typed(), StandardCharsets.UTF_8);
            case Import it -> "import " + URLEncoder.encode(it.file().toString(), StandardCharsets.UTF_8);
        };
    }

    /** Parses {@link #text}. Returns empty for text that another version or another program has written. */
    static Optional<LaunchRequest> parse(String text) {
        String[] parts = text.split(" ", 2);
        try {
            String argument = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            return Optional.ofNullable(
                    switch (parts[0]) {
                        case "show" -> new Window();
                        case "background" -> new Background();
                        case "new-item" -> new NewItem();
                        case "quick-add" -> new QuickAdd(argument);
                        case "import" -> new Import(Path.of(argument));
                        default -> null;
                    });
        } catch (IllegalArgumentException e) {
            // The encoding is invalid, or the text is not a path on this system. The caller logs it and continues.
            return Optional.empty();
        }
    }
}
