package dev.tidemark.app.model;

import dev.tidemark.app.dates.WallTime;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A reminder of an item, to the minute, in floating local time. Immutable.
 *
 * @param at the time that the user set
 * @param dismissed whether any device has dismissed the reminder
 * @param snoozedTo the time to which the reminder was postponed, or {@code null}. The next occurrence of a todo does
 *     not copy it
 */
public record Reminder(
        LocalDateTime at, boolean dismissed, @Nullable LocalDateTime snoozedTo) {
    /** Creates a reminder that is neither dismissed nor postponed. */
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

    /**
     * Reads the stored form. Returns {@code null} if there is no value, and for an unknown form, which a later version
     * may write.
     */
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

    /** Returns the form in the database and in JSON. */
    static String text(LocalDateTime at) {
        return new Due(at.toLocalDate(), at.toLocalTime()).toString();
    }

    public LocalDateTime triggerTime() {
        return snoozedTo == null || snoozedTo.isBefore(at) ? at : snoozedTo;
    }

    /** Whether the time of the reminder has passed in the user's time zone, and no device has dismissed it. */
    public boolean isDue(ZonedDateTime now) {
        return !dismissed && WallTime.isPast(triggerTime(), now);
    }
}
