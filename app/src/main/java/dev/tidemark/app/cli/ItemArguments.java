package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.app.model.Repeat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the values that {@code add} and {@code edit} take. */
final class ItemArguments {
    private static final String NONE = "none";
    /** Names standard input as a text or file. */
    static final String STANDARD_INPUT = "-";

    private ItemArguments() {}

    /** Whether the value clears the field. */
    static boolean isNone(String value) {
        return value.equals(NONE);
    }

    /** Whether the value names standard input. */
    static boolean isStandardInput(String value) {
        return value.equals(STANDARD_INPUT);
    }

    /**
     * Checks a title.
     *
     * @throws ProblemException if the title is blank
     */
    static String title(String value) {
        if (value.isBlank()) {
            throw new ProblemException("item.untitled");
        }
        return value;
    }

    /** A body: the value, the text from stdin, or an empty text. */
    static String body(String value, Terminal terminal) {
        if (isNone(value)) {
            return "";
        }
        return isStandardInput(value) ? readAll(terminal) : value;
    }

    /**
     * The new due date; {@code null} to remove it.
     *
     * @param before the previous due date
     * @param date the new date, or {@code null} to keep it
     * @param repeat the new rule, or {@code null} to keep it
     * @throws ProblemException if a value is invalid, or a rule would have no date
     */
    static @Nullable Due due(@Nullable Due before, @Nullable String date, @Nullable String repeat) {
        Repeat kept = before == null ? null : before.repeat();
        Repeat rule = repeat == null ? kept : isNone(repeat) ? null : Repeat.parse(repeat);
        Due day = date == null ? before : isNone(date) ? null : date(date);
        if (day == null && repeat != null && rule != null) {
            throw new ProblemException("repeat.undated");
        }
        return day == null ? null : day.repeating(rule);
    }

    private static Due date(String value) {
        try {
            return Due.parse(value);
        } catch (ProblemException e) {
            throw new ProblemException(e, "due.words", value);
        }
    }

    /** The time of the reminder; {@code null} for none. */
    static @Nullable LocalDateTime reminder(@Nullable String value) {
        return value == null || isNone(value) ? null : Reminder.parse(value);
    }

    /** A priority; none for {@code null}. */
    static Priority priority(@Nullable String value) {
        return value == null ? Priority.NONE : Priority.parse(value);
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
