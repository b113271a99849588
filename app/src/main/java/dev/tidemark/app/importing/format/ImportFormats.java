package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recognises the format of a source and reads it. */
public final class ImportFormats {
    private static final JsonLinesFormat JSON_LINES = new JsonLinesFormat();

    /** The first format that recognises a source reads it. So the special formats precede the general formats. */
    private static final List<ImportFormat> ALL = List.of(
            new JoplinFormat.Archive(),
            new JoplinFormat.Folder(),
            new MarkdownFormat(),
            new ICalendarFormat(),
            new TodoistFormat(),
            new CsvFormat(),
            new SuperProductivityFormat(),
            new GoogleTasksFormat(),
            new TodoTxtFormat(),
            JSON_LINES);

    private ImportFormats() {}

    /**
     * The content of a source. Immutable.
     *
     * @param format the id of the format
     */
    public record Content(String format, ItemImport items, List<Unmapped> unmapped) {}

    /** The ids of all formats. */
    public static List<String> ids() {
        return ALL.stream().map(ImportFormat::id).toList();
    }

    /**
     * Reads a file or folder.
     *
     * @param format the id of the source's format, or {@code null} to recognise the format
     * @throws ProblemException if the source cannot be read or is not of the format
     */
    public static Content read(Path path, @Nullable String format) {
        if (!Files.exists(path)) {
            throw new ProblemException("file.missing", path);
        }
        Source source = new Source(path);
        try {
            ImportFormat chosen = format == null ? recognised(source) : withId(format);
            if (chosen.equals(JSON_LINES)) {
                return new Content(JSON_LINES.id(), ItemImport.read(path), List.of());
            }
            ImportBuilder builder = new ImportBuilder(chosen.origin());
            chosen.read(source, builder);
            return new Content(chosen.id(), ItemImport.of(builder.items()), builder.unmapped());
        } catch (IOException e) {
            throw new ProblemException(e, "file.unreadable", path);
        }
    }

    private static ImportFormat recognised(Source source) throws IOException {
        for (ImportFormat format : ALL) {
            if (format.recognises(source)) {
                return format;
            }
        }
        return JSON_LINES;
    }

    private static ImportFormat withId(String id) {
        return ALL.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException("import.format", id, ids().stream().collect(Collectors.joining(", "))));
    }
}
