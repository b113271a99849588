package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the output of a command as text lines or JSON lines. */
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

    /** Prints a line. The caller must have sanitized the data in the line with {@link TerminalSanitizer}. */
    void line(String text) {
        printRaw(text);
        printRaw("\n");
    }

    /** Prints text unchanged. The text must be JSON or already sanitized. */
    void printRaw(String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            failed = true;
            throw new OutputException(e);
        }
    }

    void message(String key, @Nullable Object... arguments) {
        line(CliMessages.get(key, arguments));
    }

    /** Prints an object as one line of JSON. The arguments are those of {@link ItemJson#object}. */
    void json(@Nullable Object... namesAndValues) {
        json(ItemJson.object(namesAndValues));
    }

    void json(Map<String, ? extends @Nullable Object> fields) {
        line(ItemJson.line(fields));
    }

    /** Returns the name of a constant on the command line: in lower case, with dashes. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Prints a label from the text bundle, and a value. */
    void field(String key, @Nullable Object value) {
        line(faint(CliMessages.get(key)) + " " + TerminalSanitizer.line(String.valueOf(value)));
    }

    String faint(String text) {
        return colours ? FAINT + text + NORMAL : text;
    }

    Writer writer() {
        return writer;
    }

    /** Flushes the buffer. Does nothing after a failed write, because the command has already reported the failure. */
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
