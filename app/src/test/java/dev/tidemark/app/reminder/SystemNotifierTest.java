package dev.tidemark.app.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.process.TidemarkProcess;
import dev.tidemark.proof.Proof;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, with a scripted {@code notify-send}. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SystemNotifierTest {
    @TempDir
    private Path folder;

    private TidemarkProcess telling(String script) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path program = programs.resolve("notify-send");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String path = programs + File.pathSeparator + System.getenv("PATH");
        return TidemarkProcess.program(Map.of("PATH", path), NotifyingProgram.class, logs().toString());
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    private String log() throws IOException {
        return Files.readString(logs().resolve("tidemark.log"));
    }

    /** As it ends where no service of notifications runs. */
    @Test
    void aProgramThatFailsIsNoticedAndLogged() throws IOException {
        try (TidemarkProcess process = telling("echo 'Cannot autolaunch D-Bus' >&2; exit 1")) {
            assertThat(process.readLine()).isEqualTo("unheard");
            process.end().printed();
        }
        assertThat(log()).contains("notify-send ended with 1: the window shows the reminder");
    }

    @Test
    void aProgramThatIsKilledIsNoticedAndLogged() throws IOException {
        try (TidemarkProcess process = telling("kill -KILL $$")) {
            assertThat(process.readLine()).isEqualTo("unheard");
            process.end().printed();
        }
        assertThat(log()).contains("notify-send ended with 137");
    }

    @Proof
    @Test
    void aProgramThatCannotBeStartedIsNoticedAndLogged() throws IOException {
        try (TidemarkProcess process = telling("exit 0")) {
            process.end();
        }
        Path program = folder.resolve("bin/notify-send");
        Files.writeString(program, "#!/no/such/shell\n");
        String path = program.getParent().toString();
        try (TidemarkProcess process =
                TidemarkProcess.program(Map.of("PATH", path), NotifyingProgram.class, logs().toString())) {
            assertThat(process.readLine()).isEqualTo("unheard");
            process.end().printed();
        }
        assertThat(log()).contains("notify-send cannot be started");
    }

    @Test
    void whatTheSystemShowsIsNotShownInTheWindowToo() throws Exception {
        Path told = folder.resolve("told");
        try (TidemarkProcess process =
                telling("printf '%s\\n' \"$@\" > '" + told + ".new'; mv '" + told + ".new' '" + told + "'")) {
            await(told);
            assertThat(Files.readString(told)).endsWith("--\nReminders\nCall mum\n");
            assertThat(process.end().printed()).isEmpty();
        }
        try (Stream<Path> written = Files.exists(logs()) ? Files.list(logs()) : Stream.of()) {
            assertThat(written).isEmpty();
        }
    }

    private static void await(Path file) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("%s is written", file).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
