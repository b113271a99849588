package dev.tidemark.app.importing.format;

import dev.tidemark.app.interchange.ContentLine;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads iCalendar. A VTODO becomes a todo, a VJOURNAL becomes a note, and the name of the calendar becomes the list.
 */
final class ICalendarFormat implements ImportFormat {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** The properties that are mapped, or that are of no interest to users. */
    private static final Set<String> KNOWN = Set.of(
            "UID",
            "SUMMARY",
            "DESCRIPTION",
            "DUE",
            "DTSTART",
            "RRULE",
            "STATUS",
            "COMPLETED",
            "PERCENT-COMPLETE",
            "PRIORITY",
            "CATEGORIES",
            "CREATED",
            "X-TIDEMARK-LIST",
            "X-TIDEMARK-REPEAT",
            "X-TIDEMARK-REMINDER",
            "X-TIDEMARK-DISMISSED",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "CLASS",
            "BEGIN",
            "END",
            "TRIGGER",
            "ACKNOWLEDGED");

    @Override
    public String id() {
        return "icalendar";
    }

    @Override
    public boolean recognises(Source source) throws IOException {
        return !source.isFolder()
                && (source.hasExtension("ics") || source.head().startsWith("BEGIN:VCALENDAR"));
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        List<ContentLine> lines = ContentLine.parse(source.text());
        if (lines.stream().noneMatch(line -> is(line, "BEGIN", "VCALENDAR"))) {
            throw new ProblemException("import.icalendar", source.path());
        }
        String calendar = null;
        String component = null;
        List<ContentLine> content = new ArrayList<>();
        for (ContentLine line : lines) {
            if (component == null && line.name().equals("X-WR-CALNAME")) {
                calendar = line.text();
            } else if (component == null && line.name().equals("BEGIN") && !is(line, "BEGIN", "VCALENDAR")) {
                component = line.value().strip().toUpperCase(Locale.ROOT);
                content.clear();
            } else if (component != null && is(line, "END", component)) {
                component(component, content, calendar, into);
                component = null;
            } else {
                content.add(line);
            }
        }
    }

    private static void component(
            String name, List<ContentLine> content, @Nullable String calendar, ImportBuilder into) {
        switch (name) {
            case "VTODO" -> new Component(content, Kind.TODO).read(calendar, into);
            case "VJOURNAL" -> new Component(content, Kind.NOTE).read(calendar, into);
            case "VTIMEZONE" -> {
                // This is skipped, because times refer to time zones by names that Java knows.
            }
            default -> into.report(Unmapped.Reason.ENTRY, name, new Component(content, Kind.TODO).text("SUMMARY"));
        }
    }

    private static boolean is(ContentLine line, String name, String value) {
        return line.name().equals(name) && line.value().strip().equalsIgnoreCase(value);
    }

    private record Component(List<ContentLine> lines, Kind kind) {
        @Nullable
        ContentLine line(String name) {
            return lines.stream()
                    .filter(line -> line.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        String text(String name) {
            ContentLine line = line(name);
            return line == null ? "" : line.text();
        }

        void read(@Nullable String calendar, ImportBuilder into) {
            String uid = text("UID");
            UUID own = MarkdownFormat.uuid(uid);
            String recurrence = text("RECURRENCE-ID");
            UUID id = uid.isBlank()
                    ? into.idOfContent(text("SUMMARY"))
                    : own == null || !recurrence.isEmpty() ? into.id(uid + recurrence) : own;
            ItemFields item = new ItemFields(into, id, kind, text("SUMMARY"));
            // An alarm can also have a DESCRIPTION, which is not the body.
            item.body(outsideAlarms("DESCRIPTION"));
            String list = text("X-TIDEMARK-LIST");
            item.list(list.isEmpty() ? calendar : list);
            lines.stream().filter(line -> line.name().equals("CATEGORIES")).forEach(line -> item.tags(line.texts()));
            states(item);
            ContentLine due = line("DUE") == null ? line("DTSTART") : line("DUE");
            LocalDateTime at = due(item, due);
            reminder(item, at);
            ContentLine created = line("CREATED");
            LocalDateTime createdAt = created == null ? null : time(created, item);
            if (createdAt != null) {
                item.createdAt(
                        createdAt.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
            }
            unknown(item);
            into.add(item);
        }

        private String outsideAlarms(String name) {
            int depth = 0;
            for (ContentLine line : lines) {
                if (line.name().equals("BEGIN")) {
                    depth++;
                } else if (line.name().equals("END")) {
                    depth--;
                } else if (depth == 0 && line.name().equals(name)) {
                    return line.text();
                }
            }
            return "";
        }

        private void states(ItemFields item) {
            String status = text("STATUS").strip().toUpperCase(Locale.ROOT);
            boolean isCancelled = status.equals("CANCELLED");
            item.done(kind == Kind.TODO
                    && (status.equals("COMPLETED")
                            || isCancelled
                            || line("COMPLETED") != null
                            || text("PERCENT-COMPLETE").strip().equals("100")));
            if (isCancelled || status.equals("IN-PROCESS")) {
                item.report(Unmapped.Reason.VALUE, status);
            }
            item.priority(
                    switch (text("PRIORITY").strip()) {
                        case "1", "2", "3", "4" -> Priority.HIGH;
                        case "5" -> Priority.MEDIUM;
                        case "6", "7", "8", "9" -> Priority.LOW;
                        default -> Priority.NONE;
                    });
        }

        /** Sets the due date. Returns the due date with its time, to which alarms are relative. */
        private @Nullable LocalDateTime due(ItemFields item, @Nullable ContentLine line) {
            LocalDateTime at = line == null ? null : time(line, item);
            if (line == null || at == null) {
                item.due(null).repeat(null);
                return null;
            }
            boolean isDate = line.value().strip().length() == 8;
            item.due(isDate ? at.toLocalDate().toString() : at.withSecond(0).toString());
            String rule = text("RRULE");
            item.repeat(rule.isEmpty() ? text("X-TIDEMARK-REPEAT") : rule);
            return at;
        }

        private void reminder(ItemFields item, @Nullable LocalDateTime due) {
            ContentLine trigger = line("TRIGGER") == null ? line("X-TIDEMARK-REMINDER") : line("TRIGGER");
            if (trigger == null) {
                item.reminder(null);
                return;
            }
            LocalDateTime at;
            try {
                at = trigger.value().contains("P") ? relative(trigger.value(), due) : time(trigger, item);
            } catch (DateTimeException | ArithmeticException e) {
                at = null;
            }
            if (at == null || at.getYear() < 1 || at.getYear() > 9999) {
                item.report(Unmapped.Reason.VALUE, trigger.value());
            } else {
                item.reminder(at.withSecond(0).withNano(0).toString());
                item.dismissed(line("ACKNOWLEDGED") != null || line("X-TIDEMARK-DISMISSED") != null);
            }
        }

        /**
         * Returns the time of a trigger such as {@code -PT15M} or {@code -P1W}; {@code null} if there is no due date.
         */
        private static @Nullable LocalDateTime relative(String value, @Nullable LocalDateTime due) {
            String text = value.strip();
            boolean isWeeks = text.endsWith("W");
            Duration offset = isWeeks
                    ? Duration.ofDays(7L * Integer.parseInt(text.replaceAll("[^0-9]", "0")))
                            .multipliedBy(text.startsWith("-") ? -1 : 1)
                    : Duration.parse(text);
            return due == null ? null : due.plus(offset);
        }

        /** Returns the local time of a value. If the value is invalid, reports it and returns {@code null}. */
        private static @Nullable LocalDateTime time(ContentLine line, ItemFields item) {
            String value = line.value().strip();
            try {
                if (value.length() == 8) {
                    return LocalDate.parse(value, DATE).atStartOfDay();
                }
                boolean isUtc = value.endsWith("Z");
                LocalDateTime at = LocalDateTime.parse(isUtc ? value.substring(0, value.length() - 1) : value, TIME);
                String zone = line.parameter("TZID");
                if (!isUtc && zone == null) {
                    return at;
                }
                ZoneId of = isUtc ? ZoneOffset.UTC : ZoneId.of(Objects.requireNonNullElse(zone, "Z"));
                return ZonedDateTime.of(at, of)
                        .withZoneSameInstant(ZoneId.systemDefault())
                        .toLocalDateTime();
            } catch (DateTimeException e) {
                item.report(Unmapped.Reason.VALUE, value);
                return null;
            }
        }

        private void unknown(ItemFields item) {
            int depth = 0;
            for (ContentLine line : lines) {
                depth += line.name().equals("BEGIN") ? 1 : line.name().equals("END") ? -1 : 0;
                boolean isRelated = line.name().equals("RELATED-TO");
                if (isRelated) {
                    item.report(Unmapped.Reason.SUBTASK, "");
                } else if (depth == 0
                        && !KNOWN.contains(line.name())
                        && !line.name().startsWith("X-")) {
                    item.report(Unmapped.Reason.FIELD, line.name());
                }
            }
        }
    }
}
