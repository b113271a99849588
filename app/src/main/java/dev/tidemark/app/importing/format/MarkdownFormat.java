package dev.tidemark.app.importing.format;

import dev.tidemark.app.interchange.FrontMatter;
import dev.tidemark.app.model.ImportedFile;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads Markdown files with front matter of Tidemark, Obsidian, Joplin and other programs. The folder of a file becomes
 * the item's list, unless a field has the list. The fields are those of {@code tidemark export --format markdown}, and
 * {@code created}, {@code completed?} and {@code tag} of other programs.
 */
final class MarkdownFormat implements ImportFormat {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "kind",
            "title",
            "done",
            "due",
            "repeat",
            "reminder",
            "dismissed",
            "priority",
            "list",
            "tags",
            "trashed",
            "createdAt",
            "attachments",
            "created",
            "completed?",
            "tag",
            "updated",
            "modified",
            "date");

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public boolean recognises(Source source) {
        return source.isFolder() || isMarkdown(source.path());
    }

    private static boolean isMarkdown(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".md") || name.endsWith(".markdown");
    }

    @Override
    public void read(Source source, ImportBuilder into) throws IOException {
        List<Path> files = source.isFolder() ? source.files() : List.of(source.path());
        Path root = source.isFolder()
                ? source.path()
                : source.path().toAbsolutePath().normalize().getParent();
        Set<Path> attached = new HashSet<>();
        List<Path> items = files.stream().filter(MarkdownFormat::isMarkdown).toList();
        if (items.isEmpty()) {
            throw new ProblemException("import.noMarkdown", source.path());
        }
        for (Path file : items) {
            new Reading(into, root == null ? source.path() : root, attached).item(file);
        }
        for (Path file : files) {
            if (!isMarkdown(file) && !attached.contains(file.normalize())) {
                into.report(Unmapped.Reason.ENTRY, root == null ? "" : extension(file), "");
            }
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private record Reading(ImportBuilder into, Path root, Set<Path> attached) {
        void item(Path file) throws IOException {
            FrontMatter text = FrontMatter.parse(Source.text(file, Source.MAX_ITEM));
            String relative = root.toAbsolutePath()
                    .normalize()
                    .relativize(file.toAbsolutePath().normalize())
                    .toString()
                    .replace('\\', '/');
            @Nullable UUID own = uuid(text.text("id"));
            boolean isTodo = text.text("kind").equals("todo")
                    || text.fields().containsKey("done")
                    || text.fields().containsKey("completed?");
            boolean hasTitle = text.fields().containsKey("title") || own != null;
            ItemFields item = new ItemFields(
                    into,
                    own == null ? into.id(relative) : own,
                    isTodo ? Kind.TODO : Kind.NOTE,
                    hasTitle ? text.text("title") : Source.stem(String.valueOf(file.getFileName())));
            item.body(own == null ? text.body().replaceFirst("^\\R+", "") : text.body());
            boolean listed = text.fields().containsKey("list") || own != null;
            int slash = relative.lastIndexOf('/');
            item.list(listed ? text.text("list") : slash < 0 ? null : relative.substring(0, slash));
            states(text, item);
            times(text, item);
            item.tags(text.list("tags")).tags(text.list("tag"));
            files(text, item, file);
            text.fields().keySet().stream()
                    .filter(name -> !FIELDS.contains(name))
                    .forEach(name -> item.report(Unmapped.Reason.FIELD, name));
            into.add(item);
        }

        private static void states(FrontMatter text, ItemFields item) {
            item.done(isTrue(text.text("done")) || isTrue(text.text("completed?")));
            item.trashed(isTrue(text.text("trashed")));
            String priority = text.text("priority");
            try {
                item.priority(priority.isEmpty() ? Priority.NONE : Priority.parse(priority));
            } catch (ProblemException e) {
                item.report(Unmapped.Reason.VALUE, priority);
            }
        }

        private static void times(FrontMatter text, ItemFields item) {
            item.due(localTime(text.text("due")));
            item.repeat(text.text("repeat"));
            item.reminder(text.text("reminder"));
            item.dismissed(isTrue(text.text("dismissed")));
            String created = text.text("createdAt");
            item.createdAt(created.isEmpty() ? instant(text.text("created")) : created);
        }

        /** Converts a time of other programs, which write a space between date and time. */
        private static String localTime(String text) {
            return text.length() >= 16 && text.charAt(10) == ' '
                    ? text.replace(' ', 'T').substring(0, 16)
                    : text;
        }

        private static String instant(String text) {
            return text.endsWith("Z") ? text.replaceFirst(" ", "T").replace(" ", "") : "";
        }

        private static boolean isTrue(String text) {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
        }

        private void files(FrontMatter text, ItemFields item, Path of) throws IOException {
            for (String name : text.list("attachments")) {
                @Nullable Path file = inside(of, name);
                if (file == null || Files.size(file) == 0) {
                    item.report(Unmapped.Reason.FILE, name);
                } else {
                    attached.add(file);
                    item.attach(new ImportedFile(
                            String.valueOf(file.getFileName()),
                            () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)));
                }
            }
        }

        /** Returns the file of a relative path, or {@code null} if the file is missing or outside the folder. */
        private @Nullable Path inside(Path of, String name) throws IOException {
            try {
                Path folder = of.toAbsolutePath().normalize().getParent();
                Path file =
                        folder == null ? Path.of(name) : folder.resolve(name).normalize();
                return file.startsWith(root.toAbsolutePath().normalize())
                                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && file.toRealPath().startsWith(root.toRealPath())
                        ? file
                        : null;
            } catch (InvalidPathException e) {
                return null;
            }
        }
    }

    static @Nullable UUID uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text.toLowerCase(Locale.ROOT)) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
