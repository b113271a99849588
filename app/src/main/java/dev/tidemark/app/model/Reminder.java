package dev.tidemark.app.model;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a person wants to hear of an item, to the minute, in floating local wall time. Immutable.
 *
 * @param at when, as the person set it
 * @param dismissed whether a device has dismissed it, which holds for all of them
 * @param snoozedTo until when it was put off, or {@code null} if it was not; a repeating todo goes on with {@code at}
 */
public record Reminder(
        LocalDateTime at, boolean dismissed, @Nullable LocalDateTime snoozedTo) {
    /** One that is still to come. */
    public Reminder(LocalDateTime at) {
        this(at, false, null);
    }

    /**
     * Reads {@code 2026-12-31T17:00}.
     *
     * @throws ProblemException if it is no such time
     */
    public static LocalDateTime parse(String text) {
        LocalDateTime at = timeOf(Due.parse(text));
        if (at == null) {
            throw new ProblemException("item.badReminder", text);
        }
        return at;
    }

    /** Reads the database's form; {@code null} for none, and for a form that only a later version knows. */
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

    /** The database's form, which is JSON's, too. */
    static String text(LocalDateTime at) {
        return new Due(at.toLocalDate(), at.toLocalTime()).toString();
    }

    /** When the person is to hear of it. */
    public LocalDateTime ringsAt() {
        return snoozedTo == null || snoozedTo.isBefore(at) ? at : snoozedTo;
    }

    /** Whether it has come, where the person is now, and nobody has dismissed it. */
    public boolean rings(ZonedDateTime now) {
        return !dismissed && WallTime.hasCome(ringsAt(), now);
    }
}
