package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads todo.txt, a format with one todo per line (github.com/todotxt/todo.txt). The first project becomes the list.
 * Contexts and further projects become tags. Underscores in the names become spaces. Most programs use the keys {@code
 * due:} and {@code rec:}. Only Tidemark uses {@code id:} and {@code kind:note}.
 */
final class TodoTxtFormat implements ImportFormat {
    private static final Pattern LINE =
            Pattern.compile("(?<done>x )?\\s*(?:\\((?<priority>[A-Z])\\) )?\\s*(?<first>\\d{4}-\\d{2}-\\d{2} )?\\s*"
                    + "(?<second>\\d{4}-\\d{2}-\\d{2} )?(?<text>.*)");
    private static final Pattern KEY = Pattern.compile("([a-z][a-z0-9_-]*):([^\\s/][^\\s]*)");
    private static final Pattern RECURRENCE = Pattern.compile("(\\+?)(\\d{1,4})([dbwmy])");
    private static final Map<String, String> UNITS = Map.of("d", "DAILY", "w", "WEEKLY", "m", "MONTHLY", "y", "YEARLY");

    @Override
    public String id() {
        return "todotxt";
    }

    @Override
    public boolean recognises(Source source) {
        return !source.isFolder() && source.hasExtension("txt");
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        // A carriage return before a line feed belongs to the line end.
        for (String line : source.text().split("\r?\n", -1)) {
            if (!line.isBlank()) {
                new Reading(into).line(line.strip());
            }
        }
    }

    private static final class Reading {
        private final ImportBuilder into;
        private final List<String> projects = new ArrayList<>();
        private final List<String> contexts = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private @Nullable UUID own;
        private boolean isNote;
        private String due = "";
        private String recurrence = "";
        private String priority = "";

        Reading(ImportBuilder into) {
            this.into = into;
        }

        void line(String line) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                into.report(Unmapped.Reason.ENTRY, line, "");
                return;
            }
            for (String word : parts.group("text").strip().split("[ \\t]+", -1)) {
                word(word);
            }
            String title = String.join(" ", words);
            String list = projects.isEmpty() ? "" : projects.getFirst();
            UUID id = own == null ? into.idOfContent(title + "/" + list) : own;
            ItemFields item = new ItemFields(into, id, isNote ? Kind.NOTE : Kind.TODO, title);
            item.done(parts.group("done") != null);
            item.list(list).tags(contexts).tags(projects.stream().skip(1).toList());
            String letter = parts.group("priority") == null ? priority : parts.group("priority");
            item.priority(priority(letter));
            item.due(due);
            repeat(item);
            created(item, parts);
            unknown.forEach(key -> item.report(Unmapped.Reason.FIELD, key));
            into.add(item);
        }

        private void word(String word) {
            Matcher key = KEY.matcher(word);
            if (word.length() > 1 && word.startsWith("+")) {
                projects.add(word.substring(1).replace('_', ' '));
            } else if (word.length() > 1 && word.startsWith("@")) {
                contexts.add(word.substring(1).replace('_', ' '));
            } else if (key.matches()) {
                pair(word, key.group(1), key.group(2));
            } else {
                words.add(word);
            }
        }

        private void pair(String word, String key, String value) {
            UUID id = key.equals("id") ? MarkdownFormat.uuid(value) : null;
            if (id != null) {
                own = id;
                return;
            }
            switch (key) {
                case "due" -> due = value;
                case "rec" -> recurrence = value;
                case "pri" -> priority = value;
                case "kind" -> isNote = value.equals("note");
                case "t", "h" -> unknown.add(key);
                // This is a URL or a time in the text.
                default -> words.add(word);
            }
        }

        private static Priority priority(String letter) {
            return switch (letter) {
                case "" -> Priority.NONE;
                case "A" -> Priority.HIGH;
                case "B" -> Priority.MEDIUM;
                default -> Priority.LOW;
            };
        }

        /**
         * Sets the repeat rule. {@code +1m} counts from the due date, {@code 1m} from completion. {@code 1b} is a
         * business day.
         */
        private void repeat(ItemFields item) {
            Matcher rule = RECURRENCE.matcher(recurrence);
            if (recurrence.isEmpty()) {
                item.repeat(null);
            } else if (recurrence.startsWith("FREQ=") || recurrence.startsWith("AFTER_")) {
                item.repeat(recurrence.replace('_', ' '));
            } else if (rule.matches() && rule.group(3).equals("b")) {
                item.repeat(rule.group(2).equals("1") ? "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" : recurrence);
            } else if (rule.matches()) {
                String frequency = "FREQ=" + UNITS.get(rule.group(3)) + ";INTERVAL=" + rule.group(2);
                item.repeat(rule.group(1).isEmpty() ? "AFTER " + frequency : frequency);
            } else {
                item.report(Unmapped.Reason.VALUE, recurrence);
            }
        }

        /**
         * Sets the creation date, which is the second date if the todo is completed. Skips lines that Tidemark wrote,
         * because the library has the exact time.
         */
        private void created(ItemFields item, Matcher parts) {
            String first = parts.group("first");
            String second = parts.group("second");
            String created = parts.group("done") == null ? first : second;
            if (created == null || own != null) {
                return;
            }
            try {
                item.createdAt(LocalDate.parse(created.strip())
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli());
            } catch (DateTimeException e) {
                item.report(Unmapped.Reason.VALUE, created.strip());
            }
        }
    }
}
