package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.css.Stylesheet;

/**
 * Adds binary forms of the stylesheets to their jar. JavaFX prefers these forms, so no start parses the stylesheets.
 * The installer adds them, and not the build of the resources, because an old binary form there would hide an edited
 * stylesheet.
 */
final class BinaryStyles {
    private static final String FOLDER = "dev/tidemark/resources/css";

    private BinaryStyles() {}

    /** Adds the binary forms to the jar of the resources in a folder of jars. */
    static void add(Path jars, Path work) throws IOException {
        Files.createDirectories(work);
        try (var found = Files.newDirectoryStream(jars, "tidemark-ui-resources-*.jar")) {
            for (Path jar : found) {
                complete(jar, work);
            }
        }
        Folders.delete(work);
    }

    private static void complete(Path jar, Path work) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path folder = zip.getPath(FOLDER);
            List<Path> copies = new ArrayList<>();
            try (var styles = Files.newDirectoryStream(folder, "*.css")) {
                for (Path style : styles) {
                    copies.add(
                            Files.copy(style, work.resolve(style.getFileName().toString())));
                }
            }
            // The stylesheets are converted after all are copied, because a binary form includes the stylesheets that
            // are imported.
            for (Path copy : copies) {
                Path binary = work.resolve(copy.getFileName().toString().replace(".css", ".bss"));
                Stylesheet.convertToBinary(copy.toFile(), binary.toFile());
                Files.copy(binary, folder.resolve(binary.getFileName().toString()));
            }
        }
    }
}
