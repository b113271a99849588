package dev.tidemark.app.exporting;

import dev.tidemark.app.interchange.ContentLine;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Writes iCalendar (RFC 5545), with todos as VTODO and notes as VJOURNAL. Leaves out items in the trash. {@code
 * X-TIDEMARK-LIST} has the list. {@code X-TIDEMARK-REPEAT} has a rule that counts from completion, which RRULE cannot
 * express.
 */
final class ICalendarExport implements ExportFormat.Text {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    @Override
    public String id() {
        return "icalendar";
    }

    @Override
    public String extension() {
        return "ics";
    }

    @Override
    public Exported write(Database database, Appendable target) throws IOException {
        AtomicInteger leftOut = new AtomicInteger();
        target.append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tidemark//Tidemark//EN\r\n");
        int items = ItemExport.forEach(database, details -> {
            if (details.item().trashed()) {
                leftOut.incrementAndGet();
            } else {
                new Component(target).write(details);
            }
        });
        target.append("END:VCALENDAR\r\n");
        return new Exported(items - leftOut.get(), leftOut.get(), 0, Attachment.count(database));
    }

    private record Component(Appendable target) {
        void write(ItemDetails details) throws IOException {
            Item item = details.item();
            boolean isNote = item.kind() == Kind.NOTE;
            String component = isNote ? "VJOURNAL" : "VTODO";
            line("BEGIN:" + component);
            line("UID:" + item.id());
            line("DTSTAMP:" + utc(Objects.requireNonNullElse(details.changedAt(), item.createdAt())));
            line("CREATED:" + utc(item.createdAt()));
            text("SUMMARY", item.title());
            text("DESCRIPTION", item.body());
            if (!item.tags().isEmpty()) {
                line("CATEGORIES:"
                        + item.tags().stream().map(ContentLine::escape).collect(Collectors.joining(",")));
            }
            text("X-TIDEMARK-LIST", Objects.requireNonNullElse(item.list(), ""));
            if (item.priority() != Priority.NONE) {
                line("PRIORITY:" + priority(item.priority()));
            }
            Due due = item.due();
            if (due != null) {
                due(due, isNote);
            }
            if (!isNote && item.done()) {
                line("STATUS:COMPLETED");
                line("PERCENT-COMPLETE:100");
            }
            Reminder reminder = item.reminder();
            if (reminder != null) {
                reminder(reminder, isNote);
            }
            line("END:" + component);
        }

        private void due(Due due, boolean isNote) throws IOException {
            String value = due.time() == null
                    ? ";VALUE=DATE:" + DATE.format(due.date())
                    : ":" + TIME.format(due.date().atTime(due.time()));
            // A journal entry has no due date, and a rule needs a start.
            Repeat repeat = due.repeat();
            if (isNote || repeat != null) {
                line("DTSTART" + value);
            }
            if (!isNote) {
                line("DUE" + value);
            }
            if (repeat != null) {
                line((repeat.afterCompletion() ? "X-TIDEMARK-REPEAT:" : "RRULE:") + repeat);
            }
        }

        /** Writes an alarm at a point in time. {@code ACKNOWLEDGED} (RFC 9074) marks a dismissed reminder. */
        private void reminder(Reminder reminder, boolean isNote) throws IOException {
            if (isNote) {
                // RFC 5545 allows alarms only in events and todos.
                line("X-TIDEMARK-REMINDER:" + TIME.format(reminder.at()));
                if (reminder.dismissed()) {
                    line("X-TIDEMARK-DISMISSED:TRUE");
                }
                return;
            }
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line("DESCRIPTION:Tidemark");
            line("TRIGGER;VALUE=DATE-TIME:" + utc(instant(reminder.at())));
            if (reminder.dismissed()) {
                line("ACKNOWLEDGED:" + utc(instant(reminder.at())));
            }
            line("END:VALARM");
        }

        private void text(String name, String value) throws IOException {
            if (!value.isEmpty()) {
                line(name + ":" + ContentLine.escape(value));
            }
        }

        private void line(String line) throws IOException {
            target.append(ContentLine.folded(line));
        }

        private static Instant instant(LocalDateTime local) {
            return local.atZone(ZoneId.systemDefault()).toInstant();
        }

        private static String utc(Instant instant) {
            return TIME.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
        }

        private static int priority(Priority priority) {
            return switch (priority) {
                case HIGH -> 1;
                case MEDIUM -> 5;
                case LOW -> 9;
                case NONE -> 0;
            };
        }
    }
}
