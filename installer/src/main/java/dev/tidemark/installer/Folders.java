package dev.tidemark.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Deletes, copies and measures whole folders. */
final class Folders {
    private Folders() {}

    /** Deletes a folder with its content. Does nothing if the folder does not exist. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path path : contents(folder).sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    /** Copies a folder with its content, including permissions and links. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : contents(from).toList()) {
            Path target = to.resolve(from.relativize(path).toString());
            createParent(target);
            Files.copy(
                    path,
                    target,
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Copies a text file, and replaces each {@code @name@} by the value of that name. Creates the parent folder of the
     * target.
     */
    static void fill(Path template, Path target, Map<String, String> values) throws IOException {
        String text = Files.readString(template);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        createParent(target);
        Files.writeString(target, text);
    }

    /** Creates the parent folder of a file. */
    static void createParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    /** Returns the total size in bytes of all files in a folder. */
    static long size(Path folder) throws IOException {
        return contents(folder)
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .mapToLong(Folders::sizeOf)
                .sum();
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists a folder and its content. Each folder comes before its content. */
    private static Stream<Path> contents(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return List.copyOf(paths.toList()).stream();
        }
    }
}
