package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs in the documentation print what the text says, started by the command in docs/embedding.md. The jars in
 * {@code lib} equal those that its Maven command collects; .ci/embedding runs that command.
 */
class DocumentedProgramsTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>");
    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>([^<]+)</artifactId><version>([^<]+)</version>");
    private static final String EMBEDDING = "docs/embedding.md";

    @TempDir
    static Path jars;

    @TempDir
    Path folder;

    @BeforeAll
    static void collectJars() throws Exception {
        for (Path library : EngineJars.required()) {
            Files.copy(library, jars.resolve(library.getFileName()));
        }
        EngineJars.pack(jars.resolve("tidemark-engine.jar"));
    }

    /** Collects the optional jars that the page names, in the versions that it names. */
    private static void collectNamedJars(String page) throws IOException {
        Set<String> named = ARTIFACT.matcher(blocks(page, "xml"))
                .results()
                .map(artifact -> artifact.group(1) + "-" + artifact.group(2) + ".jar")
                .collect(Collectors.toSet());
        for (Path library : EngineJars.optional()) {
            Path name = library.getFileName();
            if (named.contains(name.toString())) {
                Files.copy(library, jars.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String blocks(String page, String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.joining());
    }

    /** The documented command, with the path of {@code lib} in full and this JVM's {@code java}. */
    private static List<String> command(String file) throws IOException {
        String line = blocks(EMBEDDING, "sh")
                .lines()
                .filter(command -> command.startsWith("java "))
                .findFirst()
                .orElseThrow();
        assertThat(line).endsWith(" -cp 'lib/*' Notes.java");
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.set(words.indexOf("'lib/*'"), jars.resolve("*").toString());
        words.set(words.indexOf("Notes.java"), file);
        return words;
    }

    private String run(String file, String source) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(file), source);
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command(file))
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("It ends").isTrue();
        String said = Files.readString(errors);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.lines()).as("the error output").allMatch(line -> line.startsWith("SLF4J"));
        return Files.readString(output);
    }

    @Proof
    @Test
    void thePageForEmbeddersPrintsWhatItSays() throws Exception {
        collectNamedJars(EMBEDDING);
        assertThat(run("Tour.java", blocks(EMBEDDING, "java")))
                .isEqualTo(blocks(EMBEDDING, "text"))
                .isNotEmpty();
    }

    @Proof
    @Test
    void theReadmesProgramPrintsWhatItSays() throws Exception {
        assertThat(run("Notes.java", blocks("README.md", "java")))
                .isEqualTo(blocks("README.md", "text"))
                .isNotEmpty();
        assertThat(folder.resolve("shared/v1/log")).isDirectoryContaining(Files::isDirectory);
    }

    /** Statements only, as Javadoc has them. */
    @Proof
    @Test
    void theProgramInTheJavadocRuns() throws Exception {
        String source = Files.readString(ROOT.resolve("engine/src/main/java/dev/tidemark/engine/Database.java"));
        var shown = JAVADOC.matcher(source);
        assertThat(shown.find()).isTrue();
        String statements = shown.group(1).replaceAll("(?m)^ \\* ?", "");
        run("Shown.java", "import dev.tidemark.engine.*;\nvoid main() {\n" + statements + "\n}\n");
        assertThat(folder.resolve("notes.db")).isNotEmptyFile();
    }

    @Proof
    @Test
    void theExampleOfTwoDatabasesRunsInAtMost60Lines() throws Exception {
        String source = Files.readString(ROOT.resolve("docs/examples/TwoDatabases.java"));
        assertThat(source.lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(run("TwoDatabases.java", source).lines())
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
