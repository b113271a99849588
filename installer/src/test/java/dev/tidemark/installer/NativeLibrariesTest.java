package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void onlyTheLibraryOfThisSystemIsTakenAndNoneStaysInTheJar() throws Exception {
        String ours = Platform.current().sqliteFolder() + "libsqlitejdbc.so";
        Path jar = jar(
                "sqlite-jdbc-1.jar",
                Map.of(
                        ours,
                        "ours",
                        "org/sqlite/native/Other/libsqlitejdbc.so",
                        "another's",
                        "org/sqlite/JDBC.class",
                        "x"));

        NativeLibraries.extract(folder, folder.resolve("sqlite"));

        assertThat(folder.resolve("sqlite/libsqlitejdbc.so")).hasContent("ours");
        assertThat(names(jar)).containsExactly("org/sqlite/JDBC.class");
    }

    @Test
    void zstdIsTakenUnderANameWithoutItsVersion() throws Exception {
        String ours = Platform.current().zstdFolder() + "libzstd-jni-1.5.so";
        Path jar = jar(
                "zstd-jni-1.5.jar",
                Map.of(
                        ours,
                        "ours",
                        "aix/ppc64/libzstd-jni-1.5.so",
                        "another's",
                        "com/github/luben/zstd/Zstd.class",
                        "x"));

        NativeLibraries.extract(folder, folder.resolve("native"));

        assertThat(folder.resolve("native/" + NativeLibraries.ZSTD)).hasContent("ours");
        assertThat(folder.resolve("native")).isDirectoryNotContaining("glob:**1.5*");
        assertThat(names(jar)).containsExactly("com/github/luben/zstd/Zstd.class");
    }

    @Test
    void javaFxFindsItsLibrariesBesideItsJar() throws Exception {
        Path jar = jar("javafx-graphics-26.0.2-linux.jar", Map.of("libglass.so", "glass", "javafx/A.class", "x"));

        NativeLibraries.extract(folder, folder.resolve("sqlite"));

        assertThat(folder.resolve("libglass.so")).hasContent("glass");
        assertThat(names(jar)).containsExactly("javafx/A.class");
    }

    @Test
    void aJarWithoutALibraryForThisSystemEndsTheBuild() throws Exception {
        jar("sqlite-jdbc-1.jar", Map.of("org/sqlite/native/Other/libsqlitejdbc.so", "another's"));

        assertThatThrownBy(() -> NativeLibraries.extract(folder, folder.resolve("sqlite")))
                .hasMessageContaining("There is no native library");
    }

    private Path jar(String name, Map<String, String> entries) throws Exception {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static List<String> names(Path jar) throws Exception {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
