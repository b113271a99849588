package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.app.model.Repeat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code add} and {@code edit} share, and their values. */
final class ItemArguments {
    private static final String NONE = "none";

    /** The argument that stands for standard input in place of a text or a file name. */
    static final String STANDARD_INPUT = "-";

    @Option(names = "--body", paramLabel = "TEXT")
    @Nullable
    String body;

    @Option(names = "--due", paramLabel = "DATE")
    @Nullable
    String due;

    @Option(names = "--repeat", paramLabel = "RULE")
    @Nullable
    String repeat;

    @Option(names = "--reminder", paramLabel = "TIME")
    @Nullable
    String reminder;

    @Option(names = "--priority", paramLabel = "LEVEL")
    @Nullable
    String priority;

    @Option(names = "--list", paramLabel = "NAME")
    @Nullable
    String list;

    @Option(names = "--tag", paramLabel = "TAG")
    List<String> tags = new ArrayList<>();

    boolean isEmpty() {
        return Stream.of(body, due, repeat, reminder, priority, list).allMatch(Objects::isNull) && tags.isEmpty();
    }

    static boolean isNone(String value) {
        return value.equals(NONE);
    }

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

    /** Returns the body: the given text, the text on standard input, or an empty text. */
    String body(Terminal terminal) {
        if (body == null || isNone(body)) {
            return "";
        }
        return isStandardInput(body) ? readAll(terminal) : body;
    }

    /**
     * Returns the new due date, or {@code null} to remove the due date.
     *
     * @param before the previous due date, which supplies the date or the repeat rule if its option is missing
     * @throws ProblemException if a value is invalid, or the new due date would have a repeat rule but no date
     */
    @Nullable
    Due due(@Nullable Due before) {
        Repeat previous = before == null ? null : before.repeat();
        Repeat rule = repeat == null ? previous : isNone(repeat) ? null : Repeat.parse(repeat);
        Due day = due == null ? before : isNone(due) ? null : date(due);
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

    /** Returns the time of the reminder; {@code null} for none. */
    @Nullable
    LocalDateTime reminder() {
        return reminder == null || isNone(reminder) ? null : Reminder.parse(reminder);
    }

    Priority priority() {
        return priority == null ? Priority.NONE : Priority.parse(priority);
    }

    /** Returns the id of the given list, or {@code null} for the Inbox. Creates a list if none has the given name. */
    @Nullable
    UUID list(ItemWriter writer) {
        return list == null || isNone(list) ? null : writer.list(list);
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
