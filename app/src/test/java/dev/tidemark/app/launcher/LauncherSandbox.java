package dev.tidemark.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Creates a folder with the real {@code ./tidemark} and fake Mavens and Javas: Maven records that it was called, and
 * Java prints its name, its folder and its arguments.
 */
final class LauncherSandbox implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cksum",
            "cp",
            "dirname",
            "find",
            "flock",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "sort",
            "stat",
            "tail",
            "timeout",
            "tr",
            "uname");

    record Result(int code, String out, String err) {}

    /** A start whose end has not been waited for. */
    record Started(Process process, Path out, Path err) {
        Result finish() {
            try {
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("The script did not end; it said: " + Files.readString(err));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", failure);
            }
        }
    }

    final Path root;
    private final Path folder;
    private final Path tools;
    private final Map<String, String> environment = new TreeMap<>();
    private int starts;

    LauncherSandbox(Path folder) throws IOException {
        this.folder = folder;
        root = Files.createDirectories(folder.resolve("a tree"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Path script = Path.of(System.getProperty("tidemark.root"), "tidemark");
        Files.copy(script, root.resolve("tidemark"));
        root.resolve("tidemark").toFile().setExecutable(true);
        for (String file : List.of(
                "pom.xml",
                "app/pom.xml",
                "app/src/main/java/A.java",
                "engine/load/src/main/java/L.java",
                "engine/src/test/java/T.java")) {
            write(root.resolve(file), "first");
        }
        linkTools();
        executable(tools.resolve("mvn"), """
            #!/usr/bin/env bash
            echo "mvn $*" >>"$SANDBOX/mvn.log"
            echo "a line of the build"
            cat >"$SANDBOX/mvn.stdin"
            while [ -e "$SANDBOX/hold" ]; do sleep 0.02; done
            [ ! -e "$SANDBOX/fail" ] || exit 1
            mkdir -p app/target/lib
            echo app >app/target/tidemark-app-1.jar
            echo library >app/target/lib/library-1.jar
            """);
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("SANDBOX", folder.toString());
        environment.put("TIDEMARK_JDK", jdk("jdk-25", "25.0.3").toString());
    }

    /** A folder that looks like a JDK; its java prints where it is, where it was called and with what. */
    Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        write(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/javac"), "#!/usr/bin/env bash\n");
        executable(home.resolve("bin/java"), """
            #!/usr/bin/env bash
            case "$*" in *ArchiveClassesAtExit*) exit 0 ;; esac
            echo "java=%s"
            echo "folder=$PWD"
            main=
            for argument in "$@"; do
              [ -z "$main" ] && echo "flag=$argument" || echo "argument=$argument"
              case $argument in *.launcher.Main) main=yes ;; esac
            done
            while IFS= read -r line; do echo "stdin=$line"; done
            exit "${JAVA_EXIT:-0}"
            """.formatted(name));
        return home;
    }

    LauncherSandbox with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    LauncherSandbox without(String variable) {
        environment.remove(variable);
        return this;
    }

    LauncherSandbox withoutTool(String tool) throws IOException {
        Files.deleteIfExists(tools.resolve(tool));
        return this;
    }

    /** Makes the build wait until {@link #release()}. */
    void hold() throws IOException {
        write(folder.resolve("hold"), "");
    }

    void release() throws IOException {
        Files.delete(folder.resolve("hold"));
    }

    void failBuilds() throws IOException {
        write(folder.resolve("fail"), "");
    }

    Result run(String... arguments) throws IOException {
        return start(root, root.resolve("tidemark"), "", arguments).finish();
    }

    Result runIn(Path caller, Path script, String stdin, String... arguments) throws IOException {
        return start(caller, script, stdin, arguments).finish();
    }

    Started start(Path caller, Path script, String stdin, String... arguments) throws IOException {
        int number = ++starts;
        Path out = folder.resolve("out" + number);
        Path err = folder.resolve("err" + number);
        Path in = folder.resolve("in" + number);
        Files.writeString(in, stdin);
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(caller.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Started(builder.start(), out, err);
    }

    int builds() throws IOException {
        Path log = folder.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    /** Waits for something that happens in another process. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void executable(Path file, String text) throws IOException {
        write(file, text);
        file.toFile().setExecutable(true);
    }

    /** Removes the links to the system's tools, which JUnit would rather see gone before it clears the folder. */
    @Override
    public void close() throws IOException {
        for (String tool : TOOLS) {
            Files.deleteIfExists(tools.resolve(tool));
        }
    }

    private void linkTools() throws IOException {
        for (String tool : TOOLS) {
            for (String place : System.getenv("PATH").split(":", -1)) {
                Path found = Path.of(place, tool);
                if (Files.isExecutable(found) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), found);
                }
            }
        }
    }
}
