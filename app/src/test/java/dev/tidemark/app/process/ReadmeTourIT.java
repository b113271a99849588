package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the README work when typed into a shell. Only folders are changed. */
@Proof
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its commands are for a shell of Unix")
class ReadmeTourIT {
    private static final Path README = Path.of(System.getProperty("tidemark.root"), "README.md");
    private static final int COMMANDS = 17;

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void setUp() {
        program = folder.resolve("tidemark");
    }

    /** The first block of shell commands below a heading of the README, told where to work and what to start. */
    private String block(String heading) throws IOException {
        String text = Files.readString(README).split("\n## " + heading + "\n", 2)[1];
        String block = text.split("\n```sh\n", 2)[1].split("\n```\n", 2)[0];
        assertThat(block).contains("/tmp/demo", "/path/to/tidemark");
        return block.replace("/tmp/demo", folder.resolve("demo").toString())
                .replace("/path/to/tidemark", program.toString());
    }

    private void programIs(String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** What an interactive shell prints while it reads these commands. */
    private String typed(String commands, String... shell) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), commands + "\nexit 0\n");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(shell)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PS1", "");
        Process process = start(builder);
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static Process start(ProcessBuilder builder) {
        String shell = builder.command().getFirst();
        try {
            return builder.start();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("The shell " + shell + " is missing; .ci/run installs it", e);
            }
            System.out.println("SKIPPED, nothing is known of the README in that shell: " + shell + " is not installed");
            return Assumptions.abort(shell + " is not installed");
        }
    }

    @Test
    void twoDevicesFromTheCommandLineAgreeAsTheReadmeSays() throws IOException, InterruptedException {
        List<String> command = TidemarkProcess.builder(Path.of("PROFILE")).command();
        String start = command.subList(0, command.size() - 2).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        programIs("exec " + start + " \"$@\"");
        String printed = typed(block("Two devices from the command line"), "bash", "--norc");
        assertThat(printed)
                .contains("[ ] Buy milk", "2026-12-31", "#errands", "Buy soy milk\" (Phone", "Buy oat milk\" (Laptop")
                .endsWith("both agree\n");
    }

    @Test
    void zshUnderstandsTheSameCommands() throws IOException, InterruptedException {
        Path called = folder.resolve("called");
        programIs("echo \"$*\" >>'" + called + "'");
        String printed = typed(block("Two devices from the command line"), "zsh", "-f", "-i");
        assertThat(printed).contains("both agree").doesNotContain("not found");
        assertThat(Files.readAllLines(called))
                .hasSize(COMMANDS)
                .allMatch(line -> line.startsWith("--profile laptop ") || line.startsWith("--profile phone "))
                .contains("--profile laptop add Buy milk --due 2026-12-31 --tag errands", "--profile phone sync")
                .noneMatch(line -> line.contains("#"));
    }
}
