package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file or folder to import. Reads are limited in size, because the content is untrusted. Immutable.
 *
 * @param path an existing file or folder
 */
record Source(Path path) {
    /** The maximum size in bytes of a file that is read as a whole. */
    static final int MAX_TEXT = 64 << 20;

    /** The maximum size in bytes of a file with one item. */
    static final int MAX_ITEM = 16 << 20;

    private static final int MAX_FILES = 200_000;
    private static final int MAX_DEPTH = 24;
    private static final int HEAD = 4096;

    /** Returns the name of the file or folder. */
    String name() {
        return Objects.toString(path.toAbsolutePath().normalize().getFileName(), "");
    }

    /** Returns the name without the extension. */
    String stem() {
        return stem(name());
    }

    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    boolean hasExtension(String extension) {
        return name().toLowerCase(Locale.ROOT).endsWith("." + extension);
    }

    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** Returns the beginning of a file, with one character for each byte; empty for a folder. */
    String head() throws IOException {
        return isFolder() ? "" : head(path);
    }

    static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
    }

    /** Reads the whole file as text, without a byte order mark. */
    String text() throws IOException {
        return text(path, MAX_TEXT);
    }

    /**
     * Reads a file as text, without a byte order mark.
     *
     * @throws ProblemException if the file is not UTF-8, or has more bytes than the limit
     */
    static String text(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new ProblemException("import.size", file.getFileName(), limit >> 20);
            }
            return text(bytes, String.valueOf(file.getFileName()));
        }
    }

    static String text(byte[] bytes, String name) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(e, "import.textEncoding", name);
        }
    }

    /**
     * Returns the regular files of a folder and its subfolders in sorted order. Leaves out symbolic links and hidden
     * folders.
     */
    List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        collect(path, 0, found);
        return found;
    }

    private void collect(Path folder, int depth, List<Path> found) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new ProblemException("import.depth", path, MAX_DEPTH);
        }
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
                    .toList();
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (!String.valueOf(entry.getFileName()).startsWith(".")) {
                    collect(entry, depth + 1, found);
                }
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (found.size() >= MAX_FILES) {
                    throw new ProblemException("import.files", path, MAX_FILES);
                }
                found.add(entry);
            }
        }
    }
}
