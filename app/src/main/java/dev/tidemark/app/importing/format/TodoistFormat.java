package dev.tidemark.app.importing.format;

import dev.tidemark.app.interchange.Csv;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.parser.QuickAddParser;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a project of Todoist as CSV, from <em>Export as a template</em> or a backup. The project's name is the file
 * name. Sections become tags, and comments follow the description. The format has neither completed tasks nor ids.
 */
final class TodoistFormat implements ImportFormat {
    private static final Pattern LABEL = Pattern.compile("(?<!\\S)@([^\\s@]+)");
    private static final Pattern FILE = Pattern.compile("\\[\\[file (\\{.*?})]]", Pattern.DOTALL);

    /** Todoist appends the id of the project to the file names in a backup. */
    private static final Pattern PROJECT_ID = Pattern.compile("\\s*\\[[0-9A-Za-z]{6,}]$");

    /** The maximum length in characters of a date that is written in words. */
    private static final int MAX_DATE = 80;

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("[uuuu-MM-dd][d MMM uuuu][MMM d uuuu][['T'][ ]H:mm[:ss]]")
            .toFormatter(Locale.ENGLISH);

    @Override
    public String id() {
        return "todoist";
    }

    @Override
    public boolean recognises(Source source) throws IOException {
        return !source.isFolder()
                && source.hasExtension("csv")
                && source.head().replace("\u00ef\u00bb\u00bf", "").startsWith("TYPE,CONTENT,");
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        List<List<String>> records = Csv.parse(source.text(), ',');
        List<String> header = records.isEmpty() ? List.of() : records.getFirst();
        if (!header.contains("TYPE") || !header.contains("CONTENT")) {
            throw new ProblemException("import.csv", source.path());
        }
        String project = PROJECT_ID.matcher(source.stem()).replaceFirst("");
        Reading reading = new Reading(into, project.equalsIgnoreCase("Inbox") ? null : project);
        for (List<String> cells : records.subList(1, records.size())) {
            reading.line(new Line(header, cells));
        }
        reading.finish();
    }

    private record Line(List<String> header, List<String> cells) {
        String get(String column) {
            int index = header.indexOf(column);
            return index < 0 || index >= cells.size() ? "" : cells.get(index);
        }
    }

    private static final class Reading {
        private final ImportBuilder into;
        private final @Nullable String project;
        private final List<String> comments = new ArrayList<>();
        private String section = "";
        private @Nullable Line task;

        Reading(ImportBuilder into, @Nullable String project) {
            this.into = into;
            this.project = project;
        }

        void line(Line line) {
            switch (line.get("TYPE").strip()) {
                case "task" -> {
                    finish();
                    task = line;
                }
                case "note" -> comment(line.get("CONTENT"));
                case "section" -> {
                    finish();
                    section = line.get("CONTENT").strip();
                }
                case "", "meta" -> {
                    // Empty lines and settings of the view are not content.
                }
                default -> into.report(Unmapped.Reason.ENTRY, line.get("TYPE"), line.get("CONTENT"));
            }
        }

        /** Adds a comment. Reports uploaded files, because the export has their names but not their content. */
        private void comment(String text) {
            String title = task == null ? "" : task.get("CONTENT");
            Matcher file = FILE.matcher(text);
            if (file.find()) {
                into.report(Unmapped.Reason.FILE, "Todoist", title);
            }
            String plain = FILE.matcher(text).replaceAll("").strip();
            if (!plain.isEmpty()) {
                comments.add(plain);
            }
        }

        /** Adds the current task with its comments to the import. */
        void finish() {
            Line line = task;
            task = null;
            if (line != null) {
                item(line);
            }
            comments.clear();
        }

        private void item(Line line) {
            String content = line.get("CONTENT").strip();
            String title = LABEL.matcher(content)
                    .replaceAll("")
                    .replaceAll(" {2,}", " ")
                    .strip();
            // An asterisk marks a task without a check box.
            title = title.startsWith("* ") ? title.substring(2) : title;
            ItemFields item = new ItemFields(into, into.idOfContent(project + "/" + content), Kind.TODO, title);
            LABEL.matcher(content).results().forEach(label -> item.tag(label.group(1)));
            item.list(project).tag(section);
            List<String> body = new ArrayList<>(comments);
            if (!line.get("DESCRIPTION").isBlank()) {
                body.addFirst(line.get("DESCRIPTION"));
            }
            item.body(String.join("\n\n", body));
            item.priority(
                    switch (line.get("PRIORITY").strip()) {
                        case "1" -> Priority.HIGH;
                        case "2" -> Priority.MEDIUM;
                        case "3" -> Priority.LOW;
                        default -> Priority.NONE;
                    });
            due(line.get("DATE").strip(), line.get("DATE_LANG"), item);
            unmapped(line, item);
            into.add(item);
        }

        /** Sets the due date from a date or from words such as {@code every Friday}. */
        private static void due(String text, String language, ItemFields item) {
            if (text.isEmpty()) {
                return;
            }
            Due due = absolute(text);
            if (due == null && text.length() <= MAX_DATE) {
                due = new QuickAddParser(Locale.of(language.strip().equals("de") ? "de" : "en"))
                        .parseDue(text, ZonedDateTime.now(ZoneId.systemDefault()), null);
            }
            if (due == null) {
                item.report(Unmapped.Reason.VALUE, text);
                return;
            }
            Repeat repeat = due.repeat();
            item.due(due.toString()).repeat(repeat == null ? null : repeat.toString());
        }

        private static @Nullable Due absolute(String text) {
            try {
                TemporalAccessor parsed = DATE.parse(text);
                LocalDate date = parsed.query(TemporalQueries.localDate());
                LocalTime time = parsed.query(TemporalQueries.localTime());
                return date == null || date.getYear() < 1 || date.getYear() > 9999 ? null : new Due(date, time);
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        private static void unmapped(Line line, ItemFields item) {
            String indent = line.get("INDENT").strip();
            if (!indent.isEmpty() && !indent.equals("1")) {
                item.report(Unmapped.Reason.SUBTASK, "");
            }
            for (String column : List.of("RESPONSIBLE", "DURATION", "DEADLINE")) {
                String value = line.get(column).strip();
                if (!value.isEmpty() && !value.equals("None")) {
                    item.report(Unmapped.Reason.FIELD, column);
                }
            }
        }
    }
}
