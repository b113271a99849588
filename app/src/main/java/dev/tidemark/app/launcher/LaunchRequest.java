package dev.tidemark.app.launcher;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What a start of the program is for. If the profile is open already, the start tells that program, in a line of text. Immutable. */
public sealed interface LaunchRequest {
    /** The main window. */
    record Window() implements LaunchRequest {}

    /** Reminders and sync without a window, until the program is started again. */
    record Background() implements LaunchRequest {}

    /** The main window, with the caret where the next item is typed. */
    record NewItem() implements LaunchRequest {}

    /**
     * The quick-add window, without the main one.
     *
     * @param typed what stands in it at first
     */
    record QuickAdd(String typed) implements LaunchRequest {}

    /**
     * The main window, and in it what is in an exported file and whether to import that.
     *
     * @param file with its whole path
     */
    record Import(Path file) implements LaunchRequest {}

    /** The wish as a line of text. */
    default String text() {
        return switch (this) {
            case Window it -> "show";
            case Background it -> "background";
            case NewItem it -> "new-item";
            case QuickAdd it -> "quick-add " + URLEncoder.encode(it.typed(), StandardCharsets.UTF_8);
            case Import it -> "import " + URLEncoder.encode(it.file().toString(), StandardCharsets.UTF_8);
        };
    }

    /** Reads {@link #text}; empty if another version wrote it, with wishes of its own, or something else did. */
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
            // Neither encoded as we do it, nor a path of this system: whoever listens says so, and goes on listening.
            return Optional.empty();
        }
    }
}
