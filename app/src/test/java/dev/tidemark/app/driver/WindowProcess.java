package dev.tidemark.app.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs a window in a separate process and operates it through {@link WindowDriver}. */
public final class WindowProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 100;

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /**
     * Starts the program and waits until its window is there.
     *
     * @param errors where its standard error goes
     */
    public WindowProcess(Path profile, Path errors) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D") || argument.startsWith("--enable"))
                .filter(argument -> !argument.contains("surefire") && !argument.contains("basedir"))
                .forEach(command::add);
        command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(WindowDriver.class.getName(), "--profile", profile.toString()));
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        await("the window is open", () -> Boolean.parseBoolean(ask("ready")));
    }

    /** The titles of the rows that can be seen. */
    public List<String> rows() {
        String rows = ask("rows");
        return rows.isEmpty() ? List.of() : List.of(rows.split("\t"));
    }

    /** What the control with this id says. */
    public String text(String id) {
        return ask("text", id);
    }

    /** Whether there is something with this id to be seen. */
    public boolean shows(String id) {
        return Boolean.parseBoolean(ask("shows", id));
    }

    /** Whether the row with this title says that it has a conflict. */
    public boolean hasConflict(String title) {
        return Boolean.parseBoolean(ask("conflict", title));
    }

    /** Has the driver do something, and returns its answer. */
    public String ask(String... words) {
        try {
            commands.write(String.join("\t", words) + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("ok\t")) {
                throw new AssertionError(String.join(" ", words) + ": " + answer);
            }
            return answer.substring("ok\t".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this holds. */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain until " + what + "; the rows are " + rows());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Tells the process to end, as the end of a session does, and waits for that. */
    public void terminate() throws IOException {
        try {
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The process did not end when it was told to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Closes the window and waits for the process to end. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                ask("close");
            }
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The process did not end after its window was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
            commands.close();
            answers.close();
        }
    }

    /** The exit code, after {@link #close}. */
    public int exitCode() {
        return process.exitValue();
    }
}
