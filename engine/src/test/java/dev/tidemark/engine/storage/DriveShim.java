package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * Makes file operations of a child process fail, and records them, by means of the preloaded library
 * {@code native/folder_shim.c}. Immutable.
 */
final class DriveShim {
    /** Nothing is refused. */
    static final String SOUND = "none";

    private final Path library;
    private final Path record;

    private DriveShim(Path library, Path record) {
        this.library = library;
        this.record = record;
    }

    /**
     * Compiles it.
     *
     * @param aside a folder that is not on the drive, for the library and the record
     */
    static DriveShim compile(Path aside) throws IOException, InterruptedException {
        Path library = aside.resolve("folder_shim.so");
        Path source = aside.resolve("folder_shim.c");
        try (InputStream in = DriveShim.class.getResourceAsStream("/native/folder_shim.c")) {
            Files.write(source, Objects.requireNonNull(in).readAllBytes());
        }
        ProcessBuilder compiler = new ProcessBuilder(
                "cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library.toString(), source.toString());
        int result;
        try {
            result = compiler.inheritIO().start().waitFor();
        } catch (IOException e) {
            Assumptions.assumeTrue(System.getenv("CI") != null, "There is no C compiler here");
            throw e;
        }
        assertThat(result).isZero();
        return new DriveShim(library, aside.resolve("record"));
    }

    /**
     * What a process of its own says that asks one thing of the folder.
     *
     * @param fault what the drive refuses
     * @param before a command that starts the process otherwise; empty for none
     * @param request one of {@link FolderRequest}
     */
    String ask(Path drive, String fault, List<String> before, String request) throws Exception {
        Files.deleteIfExists(record);
        ProcessBuilder child = ChildProcess.of(FolderRequest.class, List.of(), drive, request);
        List<String> command = new ArrayList<>(before);
        command.addAll(child.command());
        child.command(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment()
                .putAll(Map.of(
                        "LD_PRELOAD", library.toString(),
                        "TIDEMARK_DRIVE", drive.toRealPath().toString(),
                        "TIDEMARK_DRIVE_FAULT", fault,
                        "TIDEMARK_DRIVE_LOG", record.toString()));
        Process process = child.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    /**
     * What the drive was asked to keep since the last question, in order; of temporary files only that they are such.
     */
    List<String> kept() throws IOException {
        return Files.readAllLines(record).stream()
                .map(line -> line.replaceFirst("\\.~tidemark-[0-9a-f]{16}\\.tmp", "TEMPORARY"))
                .toList();
    }
}
