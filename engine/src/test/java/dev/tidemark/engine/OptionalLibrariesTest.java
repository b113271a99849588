package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that uses neither buckets nor encryption may omit their libraries; all other features work. */
class OptionalLibrariesTest {
    @TempDir
    Path folder;

    /** In a process whose class path has only what the engine needs. */
    private List<String> run() throws Exception {
        String classPath = Stream.concat(
                        Stream.of(EngineJars.classes(), EngineJars.of(PlainProgram.class)),
                        EngineJars.required().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = ChildProcess.of(PlainProgram.class, List.of(), folder);
        List<String> command = builder.command();
        command.set(command.indexOf("-cp") + 1, classPath);
        Path output = folder.resolve("output.txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines()
                .filter(line -> line.matches("(equal|bucket|encryption): .*"))
                .toList();
    }

    @Proof
    @Test
    void withoutThemDatabasesSyncAndTheRestIsRefusedWithASentence() throws Exception {
        assertThat(run())
                .containsExactly("equal: true", "bucket: storage.sdk-missing", "encryption: sync.encryption-missing");
    }
}
