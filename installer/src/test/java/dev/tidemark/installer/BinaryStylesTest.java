package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javafx.css.Stylesheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryStylesTest {
    private static final String FOLDER = "dev/tidemark/resources/css/";

    @TempDir
    Path folder;

    @Test
    void aStylesheetLiesBesideItsBinaryFormWithThoseThatItTakesIn() throws Exception {
        Path jar = folder.resolve("tidemark-ui-resources-1.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(out, "main.css", "@import \"part.css\";\n.a { -fx-opacity: 0.5; }");
            put(out, "part.css", ".b { -fx-padding: 4px; }");
        }

        BinaryStyles.add(folder, folder.resolve("work"));

        URI address = URI.create("jar:" + jar.toUri() + "!/" + FOLDER + "main.bss");
        assertThat(Stylesheet.loadBinary(address.toURL()).getRules()).hasSize(2);
        try (ZipFile made = new ZipFile(jar.toFile())) {
            assertThat(made.getEntry(FOLDER + "main.css")).isNotNull();
        }
        assertThat(folder.resolve("work")).doesNotExist();
    }

    private static void put(ZipOutputStream out, String name, String text) throws Exception {
        out.putNextEntry(new ZipEntry(FOLDER + name));
        out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
    }
}
