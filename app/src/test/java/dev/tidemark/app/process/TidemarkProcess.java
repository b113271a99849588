package dev.tidemark.app.process;

import dev.tidemark.app.launcher.Main;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a separate Java process with the class path of this test: the real launcher, or a program of the tests. */
public final class TidemarkProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 120;
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dmsgpack.universal-buffer=true",
            "-Duser.language=en",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto");

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private final BufferedWriter input;

    private TidemarkProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param output its stdout
     * @param errors its stderr
     */
    public record Ended(int code, String output, String errors) {
        /** What it printed, if it succeeded. */
        public String printed() {
            if (code != 0 || !errors.isEmpty()) {
                throw new AssertionError("Exit code " + code + ": " + errors + output);
            }
            return output;
        }
    }

    /** Runs a command of the real program to its end. */
    public static Ended run(Path profile, String... arguments) {
        try (TidemarkProcess started = start(profile, arguments)) {
            return started.end();
        }
    }

    /** Runs a command of the real program to its end, with more variables in its environment and something to read. */
    public static Ended run(Map<String, String> environment, String input, Path profile, String... arguments) {
        try (TidemarkProcess started = start(environment, profile, arguments)) {
            if (!input.isEmpty()) {
                started.writeLine(input);
            }
            return started.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command of the real program with more variables in its environment. */
    public static TidemarkProcess start(Map<String, String> environment, Path profile, String... arguments) {
        return start(command(profile, arguments), environment);
    }

    /** Runs a command of the real program as somebody whom permissions stop, whoever runs the tests. */
    public static Ended runWithoutPrivileges(Path profile, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"));
        }
        command.addAll(command(profile, arguments));
        try (TidemarkProcess started = start(command)) {
            return started.end();
        }
    }

    /** A command of the real program that is not started yet. */
    public static ProcessBuilder builder(Path profile, String... arguments) {
        return builder(List.of(), profile, arguments);
    }

    /** The same, with more arguments for Java. */
    public static ProcessBuilder builder(List<String> flags, Path profile, String... arguments) {
        return new ProcessBuilder(command(flags, profile, arguments));
    }

    private static List<String> command(Path profile, String... arguments) {
        return command(List.of(), profile, arguments);
    }

    private static List<String> command(List<String> flags, Path profile, String... arguments) {
        List<String> command = java(flags);
        command.addAll(List.of(Main.class.getName(), "--profile", profile.toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Starts the real program; without arguments it opens the window. */
    public static TidemarkProcess start(Path profile, String... arguments) {
        return start(command(profile, arguments));
    }

    /** Starts any program on this class path. */
    public static TidemarkProcess program(Class<?> main, String... arguments) {
        return program(List.of(), main, arguments);
    }

    /** Starts any program on this class path, with more arguments for Java. */
    public static TidemarkProcess program(List<String> flags, Class<?> main, String... arguments) {
        return start(withMain(java(flags), main, arguments));
    }

    /** Starts any program on this class path, with more variables in its environment. */
    public static TidemarkProcess program(Map<String, String> environment, Class<?> main, String... arguments) {
        return start(withMain(java(List.of()), main, arguments), environment);
    }

    private static List<String> withMain(List<String> command, Class<?> main, String... arguments) {
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"), "-cp", classPath()));
        return command;
    }

    private static TidemarkProcess start(List<String> command) {
        return start(command, Map.of());
    }

    private static TidemarkProcess start(List<String> command, Map<String, String> environment) {
        try {
            Path errors = Files.createTempFile("stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(heedingInterrupts(command)).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new TidemarkProcess(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A shell has what it starts in the background ignore Control-C, and so do these tests if they were started so, and
     * all that they start; a Java that finds it ignored goes on ignoring it.
     */
    private static List<String> heedingInterrupts(List<String> command) {
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
        all.addAll(command);
        return all;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The next line of its output; {@code null} at its end. */
    public @org.jspecify.annotations.Nullable String readLine() throws IOException {
        return inTime(output::readLine);
    }

    /** What another process writes may never come; then the test fails, and does not wait for ever. */
    private <T extends @org.jspecify.annotations.Nullable Object> T inTime(Callable<T> reading) {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread.ofPlatform().daemon().name("process-output").start(task);
        try {
            return task.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.toHandle().destroyForcibly();
            throw new AssertionError("The process says nothing more; on stderr it said: " + errors(), e);
        } catch (ExecutionException e) {
            throw new AssertionError("The output cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** What its command line shows to everybody on this machine. */
    public String shownToOthers() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .replace('\0', ' ');
    }

    /** Gives it a line to read. */
    public void writeLine(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        // Not the process's own method, which closes the pipes and so loses what was acknowledged last.
        process.toHandle().destroyForcibly();
    }

    /** Tells it what Control-C does. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said on stderr. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and takes all that it printed since. */
    public Ended end() {
        try {
            input.close();
            String printed = inTime(output::readAllAsString);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The process did not end; it said: " + errors());
            }
            return new Ended(process.exitValue(), printed, errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
