package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ImportedFile;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.blob.Blobs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the notes, notebooks, tags and resources of a Joplin export, and maps them to items. Not thread-safe. */
final class JoplinLibrary {
    private static final Pattern LINK = Pattern.compile("\\]\\(:/([0-9a-f]{32})(#[^)\\s]*)?((?:\\s+\"[^\"]*\")?\\))");
    private static final Pattern ID = Pattern.compile(":/([0-9a-f]{32})");

    /**
     * The maximum length of all texts together in characters. It is limited because all texts stay in memory until the
     * end.
     */
    private static final long MAX_TEXT = 1L << 29;

    private static final int MAX_DEPTH = 24;

    private final ImportBuilder into;
    private final List<JoplinItem> notes = new ArrayList<>();
    private final Map<String, JoplinItem> notebooks = new HashMap<>();
    private final Map<String, JoplinItem> resources = new HashMap<>();
    private final Map<String, String> tags = new HashMap<>();
    private final Map<String, List<String>> tagsOfNotes = new HashMap<>();
    private final Set<String> noteIds = new HashSet<>();
    private long length;

    JoplinLibrary(ImportBuilder into) {
        this.into = into;
    }

    void add(JoplinItem item) {
        length += item.body().length();
        if (length > MAX_TEXT) {
            throw new ProblemException("import.size", "Joplin", MAX_TEXT >> 20);
        }
        String id = item.get("id");
        if (item.is("encryption_applied")) {
            into.report(Unmapped.Reason.ENCRYPTED, "", "");
            return;
        }
        switch (item.get("type_")) {
            case JoplinItem.NOTE -> {
                notes.add(item);
                noteIds.add(id);
            }
            case JoplinItem.NOTEBOOK -> notebooks.put(id, item);
            case JoplinItem.RESOURCE -> resources.put(id, item);
            case JoplinItem.TAG -> tags.put(id, item.title());
            case JoplinItem.NOTE_TAG ->
                tagsOfNotes
                        .computeIfAbsent(item.get("note_id"), note -> new ArrayList<>())
                        .add(item.get("tag_id"));
            default -> {
                // Revisions, settings and keys are not content that users see.
            }
        }
    }

    /**
     * Adds all notes to the import.
     *
     * @param contents the contents of the resources by their ids
     */
    void finish(Map<String, ImportedFile.Content> contents) {
        for (JoplinItem note : notes) {
            if (note.is("is_conflict")) {
                into.report(Unmapped.Reason.ENTRY, "is_conflict", note.title());
            } else {
                into.add(item(note, contents));
            }
        }
    }

    private ItemFields item(JoplinItem note, Map<String, ImportedFile.Content> contents) {
        boolean isTodo = note.is("is_todo");
        String id = note.get("id");
        ItemFields item = new ItemFields(
                into, into.id(id), isTodo ? Kind.TODO : Kind.NOTE, note.title().strip());
        item.list(notebook(note.get("parent_id")));
        item.done(isTodo && note.millis("todo_completed") > 0);
        item.trashed(note.millis("deleted_time") > 0);
        if (note.millis("todo_due") > 0) {
            item.dueAt(note.millis("todo_due"));
            // Joplin reminds at the due time.
            item.reminderAt(note.millis("todo_due"));
        } else {
            item.due(null).reminder(null);
        }
        String created = note.get("user_created_time");
        item.createdAt(created.isEmpty() ? note.get("created_time") : created);
        for (String tag : tagsOfNotes.getOrDefault(id, List.of())) {
            item.tag(tags.getOrDefault(tag, ""));
        }
        item.body(body(note, item, contents));
        if (note.get("markup_language").equals("2")) {
            item.report(Unmapped.Reason.HTML, "");
        }
        if (!note.get("source_url").isEmpty()) {
            item.report(Unmapped.Reason.FIELD, "source_url");
        }
        return item;
    }

    /**
     * Returns the names of the notebook's parents and of the notebook, joined by slashes; {@code null} if there is no
     * notebook.
     */
    private @Nullable String notebook(String id) {
        List<String> path = new ArrayList<>();
        JoplinItem notebook = notebooks.get(id);
        for (int depth = 0; notebook != null && depth < MAX_DEPTH; depth++) {
            if (!notebook.title().isBlank()) {
                path.addFirst(notebook.title().strip());
            }
            notebook = notebooks.get(notebook.get("parent_id"));
        }
        return path.isEmpty() ? null : String.join("/", path);
    }

    /**
     * Attaches the resources to which the body refers. Returns the body with their names instead of their ids in links.
     */
    private String body(JoplinItem note, ItemFields item, Map<String, ImportedFile.Content> contents) {
        Set<String> linked = new LinkedHashSet<>();
        Matcher ids = ID.matcher(note.body());
        while (ids.find()) {
            linked.add(ids.group(1));
        }
        Map<String, String> names = new HashMap<>();
        for (String id : linked) {
            JoplinItem resource = resources.get(id);
            if (resource != null) {
                attach(id, resource, item, contents.get(id), names);
            } else {
                item.report(noteIds.contains(id) ? Unmapped.Reason.LINK : Unmapped.Reason.FILE, id);
            }
        }
        return LINK.matcher(note.body()).replaceAll(link -> {
            String name = names.get(link.group(1));
            String replacement = name == null ? link.group() : "](" + encoded(name) + link.group(3);
            return Matcher.quoteReplacement(replacement);
        });
    }

    private static void attach(
            String id,
            JoplinItem resource,
            ItemFields item,
            ImportedFile.@Nullable Content content,
            Map<String, String> names) {
        String extension = resource.get("file_extension");
        String title = resource.title().isBlank() ? id : resource.title().strip();
        String name = Attachment.nameOf(
                extension.isEmpty() || title.toLowerCase(java.util.Locale.ROOT).endsWith("." + extension)
                        ? title
                        : title + "." + extension);
        if (names.containsValue(name)) {
            name = Attachment.nameOf(id.substring(0, 8) + " " + name);
        }
        if (content == null || resource.millis("size") > Blobs.MAX_BYTES) {
            item.report(Unmapped.Reason.FILE, name);
            return;
        }
        names.put(id, name);
        item.attach(new ImportedFile(name, content));
    }

    /** Returns a name in the form of the target of a Markdown link. */
    private static String encoded(String name) {
        return name.replace("%", "%25")
                .replace(" ", "%20")
                .replace("(", "%28")
                .replace(")", "%29")
                .replace("<", "%3C")
                .replace(">", "%3E");
    }
}
