package dev.tidemark.app.exporting;

import dev.tidemark.app.interchange.FrontMatter;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Markdown file for each item and a folder for each list. Attachments are in {@code attachments/<item id>/}.
 * The front matter has every field except the last change, so an import restores the items exactly.
 */
final class MarkdownExport implements ExportFormat.Folder {
    static final String ATTACHMENTS = "attachments";

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public Exported write(Database database, Path folder) throws IOException {
        Writing writing = new Writing(database, folder);
        int items = ItemExport.forEach(database, writing::item);
        return new Exported(items, 0, writing.attachments, writing.attachmentsLeftOut);
    }

    private static final class Writing {
        private final Database database;
        private final Path root;
        private final Map<String, Path> folders = new HashMap<>();

        /** The paths in use. They are in lower case, because some file systems ignore case. */
        private final Set<String> taken = new HashSet<>();

        private final Map<String, Integer> numbers = new HashMap<>();
        private long attachments;
        private long attachmentsLeftOut;

        Writing(Database database, Path root) {
            this.database = database;
            this.root = root;
            taken.add(key(root.resolve(ATTACHMENTS)));
        }

        void item(ItemDetails details) throws IOException {
            Item item = details.item();
            Map<String, @Nullable Object> all = ItemJson.fields(details);
            Object list = all.get("list");
            Path folder = list == null ? root : folder(String.valueOf(list));
            List<String> files = attach(item.id(), folder);
            Map<String, Object> fields = new LinkedHashMap<>();
            all.forEach((name, value) -> {
                if (value != null && !name.equals("body")) {
                    fields.put(name, value instanceof List<?> ? value : String.valueOf(value));
                }
            });
            // An import reads a missing field as false.
            fields.values().removeIf(value -> value.equals("false"));
            if (!files.isEmpty()) {
                fields.put(ATTACHMENTS, files);
            }
            // An import counts as the last change.
            fields.remove("changedAt");
            fields.remove("changedBy");
            String name = item.title().isBlank() ? item.id().toString() : item.title();
            write(free(folder, fileName(name), ".md"), new FrontMatter(fields, item.body()).toString());
        }

        private Path folder(String list) throws IOException {
            Path known = folders.get(list);
            if (known == null) {
                known = free(root, fileName(list), "");
                PrivateFile.createFolders(known);
                folders.put(list, known);
            }
            return known;
        }

        /** Saves the attachments of an item. Returns their paths relative to the folder of the item's file. */
        private List<String> attach(UUID item, Path folder) throws IOException {
            List<String> paths = new ArrayList<>();
            for (Attachment attachment : database.list(Attachment.of(item))) {
                if (!database.blobs().isLocal(attachment.content())) {
                    attachmentsLeftOut++;
                    continue;
                }
                Path own = root.resolve(ATTACHMENTS).resolve(item.toString());
                Path in = own;
                for (int number = 2; !taken.add(key(in.resolve(attachment.safeName()))); number++) {
                    in = own.resolve(Integer.toString(number));
                }
                PrivateFile.createFolders(in);
                Path target = in.resolve(attachment.safeName());
                database.blobs().save(attachment.content(), target);
                paths.add(folder.relativize(target).toString().replace('\\', '/'));
                attachments++;
            }
            return paths;
        }

        /** Returns a path in the folder that is not in use yet, and marks the path as used. */
        private Path free(Path folder, String name, String extension) {
            Path path = folder.resolve(name + extension);
            while (!taken.add(key(path))) {
                int number = numbers.merge(key(folder.resolve(name)), 1, Integer::sum) + 1;
                path = folder.resolve(name + " " + number + extension);
            }
            return path;
        }

        private static String key(Path path) {
            return path.toString().toLowerCase(Locale.ROOT);
        }

        private static String fileName(String text) {
            String name = Attachment.nameOf(text.replace('/', '_').replace('\\', '_'));
            // An import skips hidden folders.
            return name.startsWith(".") ? "_" + name : name;
        }

        private static void write(Path file, String text) throws IOException {
            try (FileChannel channel =
                    PrivateFile.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }
}
