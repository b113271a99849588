package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a command has to say: lines for people, made harmless, or lines of JSON. */
final class Output {
    private static final String FAINT = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";

    private final Writer writer;
    private final boolean colours;
    private boolean failed;

    Output(Terminal terminal) {
        writer = terminal.output();
        colours = terminal.colours();
    }

    /** A line for people. Data in it must have gone through {@link TerminalSanitizer}. */
    void line(String text) {
        raw(text);
        raw("\n");
    }

    /** Text that is printed as it is: JSON, or what another part made safe. */
    void raw(String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            failed = true;
            throw new OutputException(e);
        }
    }

    /** An object as one line of JSON. */
    void json(Map<String, ? extends @Nullable Object> fields) {
        line(ItemJson.line(fields));
    }

    /** The text in a faint colour, on a terminal. */
    String faint(String text) {
        return colours ? FAINT + text + NORMAL : text;
    }

    /** For streaming exports. */
    Writer writer() {
        return writer;
    }

    /** Writes what is buffered; nothing once writing has failed, which was said then. */
    void flush() {
        if (failed) {
            return;
        }
        try {
            writer.flush();
        } catch (IOException e) {
            failed = true;
            throw new OutputException(e);
        }
    }
}
