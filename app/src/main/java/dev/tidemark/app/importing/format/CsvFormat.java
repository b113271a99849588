package dev.tidemark.app.importing.format;

import dev.tidemark.app.interchange.Csv;
import dev.tidemark.app.interchange.CsvCell;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a table with a header. Recognises the column names of the export and common names of other programs. */
final class CsvFormat implements ImportFormat {
    private static final int MAX_COLUMNS = 500;

    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("id", "id"),
            Map.entry("uid", "id"),
            Map.entry("kind", "kind"),
            Map.entry("title", "title"),
            Map.entry("name", "title"),
            Map.entry("task", "title"),
            Map.entry("task name", "title"),
            Map.entry("subject", "title"),
            Map.entry("summary", "title"),
            Map.entry("content", "title"),
            Map.entry("body", "body"),
            Map.entry("notes", "body"),
            Map.entry("note", "body"),
            Map.entry("description", "body"),
            Map.entry("done", "done"),
            Map.entry("completed", "done"),
            Map.entry("due", "due"),
            Map.entry("due date", "due"),
            Map.entry("duedate", "due"),
            Map.entry("repeat", "repeat"),
            Map.entry("reminder", "reminder"),
            Map.entry("dismissed", "dismissed"),
            Map.entry("priority", "priority"),
            Map.entry("list", "list"),
            Map.entry("list name", "list"),
            Map.entry("project", "list"),
            Map.entry("folder", "list"),
            Map.entry("tags", "tags"),
            Map.entry("labels", "tags"),
            Map.entry("trashed", "trashed"),
            Map.entry("createdat", "createdAt"),
            Map.entry("created", "createdAt"));

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public boolean recognises(Source source) {
        return !source.isFolder() && (source.hasExtension("csv") || source.hasExtension("tsv"));
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        String text = source.text();
        List<List<String>> records = Csv.parse(text, Csv.separator(text));
        List<String> header = records.isEmpty() ? List.of() : records.getFirst();
        List<@Nullable String> fields = new ArrayList<>();
        header.forEach(name -> fields.add(COLUMNS.get(name.strip().toLowerCase(Locale.ROOT))));
        if (!fields.contains("title") || header.size() > MAX_COLUMNS) {
            throw new ProblemException("import.csv", source.path());
        }
        for (List<String> cells : records.subList(1, records.size())) {
            new Line(header, fields, cells).read(into);
        }
    }

    private record Line(List<String> header, List<@Nullable String> fields, List<String> cells) {
        String text(String field) {
            int column = fields.indexOf(field);
            return column < 0 || column >= cells.size() ? "" : CsvCell.plain(cells.get(column));
        }

        boolean has(String field) {
            return fields.contains(field);
        }

        void read(ImportBuilder into) {
            UUID own = MarkdownFormat.uuid(text("id").strip());
            String key = text("id").isBlank() ? text("title") + "/" + text("list") : text("id");
            UUID id = own != null ? own : text("id").isBlank() ? into.idOfContent(key) : into.id(key);
            ItemFields item = new ItemFields(
                    into, id, text("kind").strip().equals("note") ? Kind.NOTE : Kind.TODO, text("title"));
            if (has("body")) {
                item.body(text("body"));
            }
            if (has("done")) {
                item.done(flag(text("done")));
            }
            if (has("trashed")) {
                item.trashed(flag(text("trashed")));
            }
            if (has("list")) {
                item.list(text("list"));
            }
            dates(item);
            item.tags(
                    Csv.parse(text("tags"), ',').stream().flatMap(List::stream).toList());
            if (has("priority")) {
                priority(item, text("priority").strip());
            }
            item.createdAt(text("createdAt"));
            unknown(item);
            into.add(item);
        }

        private void dates(ItemFields item) {
            if (has("due")) {
                String due = text("due").strip();
                item.due(due.length() > 10 && due.charAt(10) == ' ' ? due.replace(' ', 'T') : due);
            }
            if (has("repeat")) {
                item.repeat(text("repeat"));
            }
            if (has("reminder")) {
                item.reminder(text("reminder"));
            }
            item.dismissed(flag(text("dismissed")));
        }

        private static void priority(ItemFields item, String text) {
            try {
                item.priority(text.isEmpty() ? Priority.NONE : Priority.parse(text));
            } catch (ProblemException e) {
                item.report(Unmapped.Reason.VALUE, text);
            }
        }

        private void unknown(ItemFields item) {
            for (int column = 0; column < cells.size(); column++) {
                if (!cells.get(column).isBlank() && (column >= fields.size() || fields.get(column) == null)) {
                    item.report(Unmapped.Reason.FIELD, column < header.size() ? header.get(column) : "");
                }
            }
        }

        /**
         * Any text but a negation counts as true, because many programs write the completion date instead of a flag.
         */
        private static boolean flag(String text) {
            String plain = text.strip().toLowerCase(Locale.ROOT);
            return !plain.isEmpty() && !List.of("false", "no", "0", "n").contains(plain);
        }
    }
}
