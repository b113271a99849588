package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the backup of Super Productivity: tasks and project notes. Archived tasks become completed todos. */
final class SuperProductivityFormat implements ImportFormat {
    /** The project whose tasks are in the inbox. */
    private static final String INBOX = "INBOX_PROJECT";

    /** The tag that marks the tasks that are due today. It is not imported. */
    private static final String TODAY = "TODAY";

    private static final List<String> UNMAPPED =
            List.of("timeEstimate", "timeSpent", "repeatCfgId", "issueId", "deadlineDay", "deadlineWithTime");

    @Override
    public String id() {
        return "super-productivity";
    }

    @Override
    public boolean recognises(Source source) throws IOException {
        if (source.isFolder() || !source.hasExtension("json")) {
            return false;
        }
        String head = source.head();
        return head.contains("\"crossModelVersion\"")
                || (head.contains("\"globalConfig\"") && head.contains("\"project\""))
                || (head.contains("\"entities\"") && head.contains("\"ids\""));
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        JsonObject root = JsonObject.read(source);
        // Before version 10 of Super Productivity, the models were at the top level.
        JsonObject data = root.has("data") ? root.child("data") : root;
        Reading reading = new Reading(into, names(data.child("project")), names(data.child("tag")), reminders(data));
        reading.tasks(data.child("task"), false);
        reading.tasks(data.child("archiveYoung").child("task"), true);
        reading.tasks(data.child("archiveOld").child("task"), true);
        reading.tasks(data.child("taskArchive"), true);
        data.child("note").child("entities").entries().forEach(reading::note);
        long repeats = data.child("taskRepeatCfg").child("entities").entries().size();
        if (repeats > 0) {
            into.report(Unmapped.Reason.FIELD, "taskRepeatCfg", "");
        }
    }

    private static Map<String, String> names(JsonObject model) {
        Map<String, String> names = new HashMap<>();
        model.child("entities").entries().forEach(each -> names.put(each.text("id"), each.text("title")));
        return names;
    }

    /** Returns the times of reminders by the ids of their tasks. */
    private static Map<String, Long> reminders(JsonObject data) {
        Map<String, Long> times = new HashMap<>();
        data.children("reminders").forEach(each -> times.put(each.text("relatedId"), each.number("remindAt")));
        return times;
    }

    private record Reading(
            ImportBuilder into, Map<String, String> projects, Map<String, String> tags, Map<String, Long> reminders) {
        void tasks(JsonObject model, boolean isArchive) {
            model.child("entities").entries().forEach(task -> task(task, isArchive));
        }

        private void task(JsonObject task, boolean isArchive) {
            String id = task.text("id");
            ItemFields item = new ItemFields(
                    into, into.id(id), Kind.TODO, task.text("title").strip());
            item.body(body(task));
            item.done(task.flag("isDone") || isArchive);
            item.list(project(task));
            task.texts("tagIds").stream()
                    .filter(tag -> !tag.equals(TODAY))
                    .forEach(tag -> item.tag(tags.getOrDefault(tag, "")));
            due(task, item);
            long reminder = task.number("remindAt") > 0 ? task.number("remindAt") : reminders.getOrDefault(id, 0L);
            if (reminder > 0) {
                item.reminderAt(reminder);
            }
            item.createdAt(task.number("created"));
            if (!task.text("parentId").isEmpty()) {
                item.report(Unmapped.Reason.SUBTASK, "");
            }
            UNMAPPED.stream().filter(task::has).forEach(name -> item.report(Unmapped.Reason.FIELD, name));
            into.add(item);
        }

        private @Nullable String project(JsonObject task) {
            String id = task.text("projectId");
            return id.equals(INBOX) ? null : projects.get(id);
        }

        private static void due(JsonObject task, ItemFields item) {
            if (task.number("dueWithTime") > 0) {
                item.dueAt(task.number("dueWithTime"));
            } else if (task.number("plannedAt") > 0) {
                item.dueAt(task.number("plannedAt"));
            } else {
                item.due(task.text("dueDay"));
            }
        }

        /** Returns the notes, followed by the attached links. Super Productivity stores no files. */
        private static String body(JsonObject task) {
            StringBuilder body = new StringBuilder(task.text("notes"));
            for (JsonObject link : task.children("attachments")) {
                String path = link.text("path");
                String title = link.text("title").replaceAll("[\\[\\]\\r\\n]", " ");
                if (!path.isBlank()) {
                    body.append(body.isEmpty() ? "" : "\n")
                            .append("- [")
                            .append(title.isBlank() ? path : title)
                            .append("](<")
                            .append(path.replaceAll("[<>\\r\\n]", ""))
                            .append(">)");
                }
            }
            return body.toString();
        }

        void note(JsonObject note) {
            String content = note.text("content");
            String title = content.lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^#+\\s*", "")
                    .strip();
            ItemFields item = new ItemFields(into, into.id("note/" + note.text("id")), Kind.NOTE, title);
            item.body(content);
            item.list(project(note));
            item.createdAt(note.number("created"));
            into.add(item);
        }
    }
}
