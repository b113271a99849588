package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the values that {@code add} and {@code edit} take. */
final class ItemArguments {
    private static final String NONE = "none";
    private static final String STANDARD_INPUT = "-";

    private ItemArguments() {}

    /** Whether the value says that the field shall be empty. */
    static boolean isNone(String value) {
        return value.equals(NONE);
    }

    /** A body, or what stdin holds, without its last line feed, or nothing. */
    static String body(String value, Terminal terminal) {
        if (isNone(value)) {
            return "";
        }
        return value.equals(STANDARD_INPUT) ? readAll(terminal) : value;
    }

    /** A due date; {@code null} for none. */
    static @Nullable Due due(String value) {
        return isNone(value) ? null : Due.parse(value);
    }

    private static String readAll(Terminal terminal) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(terminal.input().readAllBytes());
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(e, "input.encoding");
        } catch (IOException e) {
            throw new ProblemException(e, "input.failed", e.getMessage());
        }
    }
}
