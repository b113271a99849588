package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the documentation compile, run in their own process, and print what the text says. */
class DocumentedProgramsTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>");

    @TempDir
    Path folder;

    private static String blocks(String page, String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.joining());
    }

    /** Statements become the body of a main method; their imports, or the usual ones, go before it. */
    private static String program(String statements) {
        String imports =
                statements.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        if (imports.isEmpty()) {
            imports = """
                import dev.tidemark.engine.*;
                import dev.tidemark.engine.storage.*;
                import dev.tidemark.engine.sync.*;
                import java.nio.file.*;
                import java.util.*;
                """;
        }
        String body =
                statements.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return imports + "\npublic final class Shown { public static void main(String[] arguments) throws Exception {\n"
                + body + "\n}}\n";
    }

    private String run(String name, String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "Tests run on a JDK");
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString());
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as("%s", said).isTrue();
        }
        Path output = folder.resolve(name + ".out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmsgpack.universal-buffer=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                        name)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("It ends").isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return withoutLog(printed);
    }

    /** The tests have an SLF4J binding that prints; embedders have their own. */
    private static String withoutLog(String printed) {
        return printed.lines()
                .filter(line -> !line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Proof
    @Test
    void thePageForEmbeddersPrintsWhatItSays() throws Exception {
        String printed = run("Shown", program(blocks("docs/embedding.md", "java")));
        assertThat(printed).isEqualTo(blocks("docs/embedding.md", "text")).isNotEmpty();
    }

    @Test
    void theReadmesProgramRuns() throws Exception {
        String printed = run("Shown", program(blocks("README.md", "java")));
        assertThat(printed).endsWith("Everything is there: true\n");
        assertThat(folder.resolve("shared/v1/log")).isDirectoryContaining(Files::isDirectory);
    }

    @Proof
    @Test
    void theProgramInTheJavadocRuns() throws Exception {
        String source = Files.readString(ROOT.resolve("engine/src/main/java/dev/tidemark/engine/Database.java"));
        var shown = JAVADOC.matcher(source);
        assertThat(shown.find()).isTrue();
        run("Shown", program(shown.group(1).replaceAll("(?m)^ \\* ?", "")));
        assertThat(folder.resolve("notes.db")).isNotEmptyFile();
    }

    @Proof
    @Test
    void theExampleOfTwoDatabasesRunsInAtMost60Lines() throws Exception {
        String source = Files.readString(ROOT.resolve("docs/examples/TwoDatabases.java"));
        assertThat(source.lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(run("TwoDatabases", source).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("The phone has", "Buy milk, done=false"),
                        line -> assertThat(line).contains("Both have", "done=true"),
                        line -> assertThat(line).isEqualTo("Both agree:    true"),
                        line -> assertThat(line)
                                .startsWith("What lost:     Buy ")
                                .endsWith(" of title"),
                        line -> assertThat(line).contains("Given back", "conflicts left: 0"));
    }
}
