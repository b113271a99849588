package dev.tidemark.app.model;

import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads items from lines of JSON, as {@link ItemExport} writes them. Existing items are updated. The whole file is
 * checked before the first write. One transaction writes all items or none.
 */
public final class ItemImport {
    private final List<ImportLine> lines;

    /** The files to attach for each line. */
    private final List<List<ImportedFile>> files;

    private ItemImport(List<ImportLine> lines, List<List<ImportedFile>> files) {
        this.lines = lines;
        this.files = files;
    }

    /**
     * Checks items that were read from a file of any format.
     *
     * @throws ProblemException if a field is unknown or has an invalid value
     */
    public static ItemImport of(List<ImportedItem> items) {
        return new ItemImport(
                items.stream().map(item -> ImportLine.of(item.fields())).toList(),
                items.stream().map(ImportedItem::files).toList());
    }

    /**
     * Reads all lines except empty ones.
     *
     * @param input text in UTF-8. It is not closed
     * @throws ProblemException if a line is invalid. The message names the first invalid line
     * @throws IOException if the input cannot be read
     */
    public static ItemImport read(InputStream input) throws IOException {
        // The default decoder would silently replace invalid UTF-8, whereas this decoder reports it.
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(new BoundedLines(input), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        List<ImportLine> lines = new ArrayList<>();
        int number = 0;
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
                if (!text.isBlank()) {
                    lines.add(parse(number, text));
                }
            }
        } catch (BoundedLines.TooLongException e) {
            ProblemException reason = new ProblemException(e, "import.long", BoundedLines.MAX_MEGABYTES);
            throw new ProblemException(e, "import.line", Integer.toString(number + 1), reason.getMessage());
        } catch (CharacterCodingException e) {
            throw new ProblemException(e, "import.encoding", Integer.toString(number + 1));
        }
        return new ItemImport(lines, Collections.nCopies(lines.size(), List.of()));
    }

    /**
     * Reads a file.
     *
     * @throws ProblemException if a line is invalid or the file cannot be read. The message names the first invalid
     *     line, or the file
     */
    public static ItemImport read(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            return read(input);
        } catch (NoSuchFileException e) {
            throw new ProblemException(e, "file.missing", file);
        } catch (IOException e) {
            throw new ProblemException(e, "file.unreadable", file);
        }
    }

    private static ImportLine parse(int number, String text) {
        try {
            return ImportLine.parse(text);
        } catch (ProblemException e) {
            throw new ProblemException(e, "import.line", Integer.toString(number), e.getMessage());
        }
    }

    public int size() {
        return lines.size();
    }

    /** Computes the changes that {@link #apply} would make in this library. */
    public ImportPlan plan(Reader library) {
        Set<String> lists = new HashSet<>();
        library.list(SidebarQueries.lists())
                .forEach(list -> lists.add(list.name().toLowerCase(Locale.ROOT)));
        Set<UUID> seen = new HashSet<>();
        List<String> newLists = new ArrayList<>();
        int notes = 0;
        int added = 0;
        int changed = 0;
        int attachments = 0;
        for (int index = 0; index < lines.size(); index++) {
            ImportLine line = lines.get(index);
            attachments += files.get(index).size();
            notes += line.isNote() ? 1 : 0;
            String list = line.list();
            if (list != null && lists.add(list.toLowerCase(Locale.ROOT))) {
                newLists.add(list);
            }
            UUID id = line.id();
            List<Item> current = id == null ? List.of() : library.list(ItemQueries.item(id));
            if (current.isEmpty() && (id == null || seen.add(id))) {
                added++;
            } else if (current.isEmpty()
                    || !line.matches(current.getFirst())
                    || !hasFiles(library, current.getFirst(), files.get(index))) {
                changed++;
            }
        }
        List<String> titles = lines.stream()
                .map(ImportLine::title)
                .filter(title -> !title.isBlank())
                .limit(ImportPlan.TITLES)
                .toList();
        return new ImportPlan(lines.size() - notes, notes, added, changed, attachments, newLists, titles);
    }

    /** Whether the item has attachments with the names of the files. Comparing the contents would take too long. */
    private static boolean hasFiles(Reader library, Item item, List<ImportedFile> files) {
        Set<String> names = new HashSet<>();
        if (!files.isEmpty()) {
            library.list(Attachment.of(item.id())).forEach(attachment -> names.add(attachment.name()));
        }
        return files.stream().allMatch(file -> names.contains(Attachment.nameOf(file.name())));
    }

    /**
     * Writes all items and returns how many are new.
     *
     * @throws IllegalStateException if the import has files to attach, which need the other overload
     */
    public int apply(Items items) {
        if (files.stream().anyMatch(each -> !each.isEmpty())) {
            throw new IllegalStateException("The files need a store for their content");
        }
        return apply(items, Collections.nCopies(lines.size(), List.of()));
    }

    /**
     * Stores the content of all files, then writes all items in one transaction. The import can be repeated after a
     * failure or a crash, because equal content is stored only once.
     *
     * @return the number of new items
     * @throws ProblemException if a file cannot be read
     */
    public int apply(Items items, Blobs blobs) {
        List<List<Attached>> stored = new ArrayList<>();
        for (List<ImportedFile> each : files) {
            stored.add(each.stream().map(file -> store(file, blobs)).toList());
        }
        return apply(items, stored);
    }

    private record Attached(String name, BlobId content, long size) {}

    private static Attached store(ImportedFile file, Blobs blobs) {
        try (InputStream content = file.content().open()) {
            BlobId id = blobs.add(content);
            return new Attached(file.name(), id, blobs.size(id));
        } catch (IOException e) {
            throw new ProblemException(e, "file.unreadable", file.name());
        }
    }

    private int apply(Items items, List<List<Attached>> attachments) {
        return items.inTransaction(writer -> {
            Map<String, UUID> lists = new HashMap<>();
            int added = 0;
            for (int index = 0; index < lines.size(); index++) {
                ImportLine line = lines.get(index);
                String name = line.list();
                @Nullable UUID list = name == null ? null : lists.computeIfAbsent(name, writer::list);
                UUID given = line.id();
                UUID id = given == null ? Ids.next() : given;
                if (given != null && writer.exists(id)) {
                    line.update(writer, id, list);
                } else {
                    line.add(writer, id, list);
                    added++;
                }
                attachments.get(index).forEach(file -> writer.attach(id, file.name(), file.content(), file.size()));
            }
            return added;
        });
    }
}
