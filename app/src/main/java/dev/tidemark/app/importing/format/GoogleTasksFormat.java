package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.Kind;
import java.io.IOException;

/** Reads {@code Tasks.json} of Google Takeout, which has lists of tasks as the Tasks API returns them. */
final class GoogleTasksFormat implements ImportFormat {
    @Override
    public String id() {
        return "google-tasks";
    }

    @Override
    public boolean recognises(Source source) throws IOException {
        return !source.isFolder()
                && source.hasExtension("json")
                && source.head().contains("\"tasks#taskLists\"");
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        for (JsonObject list : JsonObject.read(source).children("items")) {
            for (JsonObject task : list.children("items")) {
                task(task, list.text("title"), into);
            }
        }
    }

    private static void task(JsonObject task, String list, ImportBuilder into) {
        ItemFields item = new ItemFields(
                into, into.id(task.text("id")), Kind.TODO, task.text("title").strip());
        item.body(task.text("notes"));
        item.list(list);
        item.done(task.text("status").equals("completed"));
        item.trashed(task.flag("deleted"));
        // The export lacks the time of a due date. It always has midnight UTC instead.
        String due = task.text("due");
        item.due(due.length() > 10 ? due.substring(0, 10) : due);
        item.createdAt(task.text("created"));
        if (!task.text("parent").isEmpty()) {
            item.report(Unmapped.Reason.SUBTASK, "");
        }
        if (task.has("links")) {
            item.report(Unmapped.Reason.FIELD, "links");
        }
        if (task.has("task_recurrence_id") || task.has("recurrence")) {
            item.report(Unmapped.Reason.FIELD, "recurrence");
        }
        into.add(item);
    }
}
