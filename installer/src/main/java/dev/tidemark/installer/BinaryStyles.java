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
 * Puts stylesheets beside themselves in JavaFX's binary form, which it looks for first: they are not parsed anew at each start. Done here and
 * not where the resources are built, as there an edited stylesheet would hide behind its old form.
 */
final class BinaryStyles {
    private static final String FOLDER = "dev/tidemark/resources/css";

    private BinaryStyles() {}

    /** Completes the jar of the resources in a folder of jars. */
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
            // Each takes in those that it names, so all have to be there.
            for (Path copy : copies) {
                Path binary = work.resolve(copy.getFileName().toString().replace(".css", ".bss"));
                Stylesheet.convertToBinary(copy.toFile(), binary.toFile());
                Files.copy(binary, folder.resolve(binary.getFileName().toString()));
            }
        }
    }
}
