package dev.tidemark.app.parser;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Repeat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of an item that have been parsed so far. Not thread-safe. */
final class ItemDraft {
    private final LocalDateTime now;

    @Nullable
    LocalDate date;

    @Nullable
    LocalTime time;

    /** Creates the rule for a todo that is first due on a given day. */
    @Nullable
    Function<LocalDate, Repeat> repeat;

    final List<String> tags = new ArrayList<>();
    Priority priority = Priority.NONE;

    @Nullable
    String list;

    ItemDraft(LocalDateTime now) {
        this.now = now;
    }

    /** Sets missing fields to those of the previous due date. */
    void fillFrom(Due before) {
        Repeat rule = before.repeat();
        if (date == null) {
            date = before.date();
        }
        if (time == null) {
            time = before.time();
        }
        if (repeat == null && rule != null) {
            repeat = day -> rule;
        }
    }

    /**
     * Returns the due date; {@code null} if there is none. A time without a date means the next occurrence of the time.
     * A repeat rule without a date starts on the first day that matches the rule.
     */
    @Nullable
    Due due() {
        if (date == null && time == null && repeat == null) {
            return null;
        }
        boolean over = time != null && !time.isAfter(now.toLocalTime());
        LocalDate earliest = over ? now.toLocalDate().plusDays(1) : now.toLocalDate();
        if (repeat == null) {
            return new Due(date == null ? earliest : date, time);
        }
        Repeat rule = repeat.apply(date == null ? earliest : date);
        return new Due(date == null ? rule.firstOnOrAfter(earliest) : date, time, rule);
    }
}
