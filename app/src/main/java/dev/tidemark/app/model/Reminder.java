package dev.tidemark.app.model;

import dev.tidemark.app.dates.WallTime;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A reminder of an item, to the minute, in floating local time. Immutable.
 *
 * @param at the time that the user set
 * @param dismissed whether any device dismissed it
 * @param snoozedTo the time to which it was postponed, or {@code null}; the next occurrence of a todo uses {@code at}
 */
public record Reminder(
        LocalDateTime at, boolean dismissed, @Nullable LocalDateTime snoozedTo) {
    /** A reminder that is neither dismissed nor postponed. */
    public Reminder(LocalDateTime at) {
        this(at, false, null);
    }

    /**
     * Reads {@code 2026-12-31T17:00}.
     *
     * @throws ProblemException if the text does not have this form
     */
    public static LocalDateTime parse(String text) {
        LocalDateTime at = timeOf(Due.parse(text));
        if (at == null) {
            throw new ProblemException("item.badReminder", text);
        }
        return at;
    }

    /** Reads the stored form; {@code null} for no value and for a form of a later version. */
    static @Nullable Reminder ofStored(
            @Nullable String reminder, @Nullable String dismissed, @Nullable String snoozed) {
        LocalDateTime at = timeOf(Due.ofStored(reminder));
        if (at == null || reminder == null) {
            return null;
        }
        return new Reminder(at, reminder.equals(dismissed), timeOf(Due.ofStored(snoozed)));
    }

    private static @Nullable LocalDateTime timeOf(@Nullable Due due) {
        return due == null || due.time() == null ? null : due.date().atTime(due.time());
    }

    /** The form in the database and in JSON. */
    static String text(LocalDateTime at) {
        return new Due(at.toLocalDate(), at.toLocalTime()).toString();
    }

    public LocalDateTime ringsAt() {
        return snoozedTo == null || snoozedTo.isBefore(at) ? at : snoozedTo;
    }

    /** Whether its time has passed in the user's time zone and no device dismissed it. */
    public boolean rings(ZonedDateTime now) {
        return !dismissed && WallTime.isPast(ringsAt(), now);
    }
}
