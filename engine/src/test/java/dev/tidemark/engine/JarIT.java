package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The content of the jar that the build created. */
class JarIT {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("engine/target"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("tidemark-engine-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void isANamedModuleWithADescriptor() throws IOException {
        assertThat(ModuleFinder.of(jar()).findAll())
                .extracting(ModuleReference::descriptor)
                .allSatisfy(module -> {
                    assertThat(module.name()).isEqualTo("dev.tidemark.engine");
                    assertThat(module.isAutomatic()).isFalse();
                })
                .hasSize(1);
    }

    @Test
    void carriesItsLicence() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            String licence = new String(
                    jar.getInputStream(jar.getEntry("META-INF/LICENSE")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(licence).isEqualTo(Files.readString(ROOT.resolve("LICENSE")));
        }
    }

    @Test
    void holdsTheEngineAloneAndNoTimeOfTheBuild() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<JarEntry> entries = jar.stream().toList();
            assertThat(entries)
                    .extracting(JarEntry::getName)
                    .allMatch(name -> name.startsWith("META-INF/")
                            || name.equals("module-info.class")
                            || "dev/tidemark/engine/".startsWith(name)
                            || name.startsWith("dev/tidemark/engine/"))
                    .contains("dev/tidemark/engine/Database.class")
                    .noneMatch(name -> name.endsWith("Test.class"));
            assertThat(entries)
                    .extracting(JarEntry::getTime)
                    .containsOnly(entries.getFirst().getTime());
        }
    }
}
