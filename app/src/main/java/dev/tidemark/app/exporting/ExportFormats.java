package dev.tidemark.app.exporting;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Exports the library in one of the formats. */
public final class ExportFormats {
    private static final List<ExportFormat> ALL = List.of(
            new JsonLinesExport(), new MarkdownExport(), new TodoTxtExport(), new CsvExport(), new ICalendarExport());

    private ExportFormats() {}

    /** The ids of all formats. */
    public static List<String> ids() {
        return ALL.stream().map(ExportFormat::id).toList();
    }

    /** Whether the format writes a folder. */
    public static boolean isFolder(String id) {
        return withId(id) instanceof ExportFormat.Folder;
    }

    /** Returns the extension of the files of a format, without a dot; empty if the format writes a folder. */
    public static String extension(String id) {
        return withId(id) instanceof ExportFormat.Text text ? text.extension() : "";
    }

    /**
     * Writes a text format to a stream.
     *
     * @throws ProblemException if the format writes a folder
     * @throws IOException if the target throws it
     */
    public static Exported write(Database database, String id, Writer target) throws IOException {
        if (withId(id) instanceof ExportFormat.Text text) {
            return text.write(database, target);
        }
        throw new ProblemException("export.folder", id);
    }

    /**
     * Writes a file or a folder. An existing file is replaced as a whole. An existing folder must be empty. If the
     * export fails, a file or folder stays unchanged, but a device or a pipe may have received a part.
     *
     * @throws ProblemException if the target cannot be written
     */
    public static Exported write(Database database, String id, Path target) {
        Path absolute = target.toAbsolutePath();
        try {
            return switch (withId(id)) {
                case ExportFormat.Text text -> file(database, text, absolute);
                case ExportFormat.Folder folder -> folder(database, folder, absolute);
            };
        } catch (IOException e) {
            throw new ProblemException(e, "file.unwritable", target);
        }
    }

    private static Exported file(Database database, ExportFormat.Text format, Path target) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A device or a pipe cannot be replaced.
            try (Writer writer = Files.newBufferedWriter(target, StandardOpenOption.WRITE)) {
                return format.write(database, writer);
            }
        }
        return PrivateFile.replace(target, writer -> format.write(database, writer));
    }

    private static Exported folder(Database database, ExportFormat.Folder format, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
            throw new ProblemException("export.notEmpty", target);
        }
        Path parent = Objects.requireNonNull(target.normalize().getParent(), "Only a root has no folder");
        Path temporary = parent.resolve(".tidemark-" + UUID.randomUUID() + ".tmp");
        try {
            PrivateFile.createFolders(temporary);
            Exported exported = format.write(database, temporary);
            Files.deleteIfExists(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return exported;
        } finally {
            delete(temporary);
        }
    }

    private static boolean isEmptyFolder(Path target) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(target)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static ExportFormat withId(String id) {
        return ALL.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException("import.format", id, String.join(", ", ids())));
    }
}
