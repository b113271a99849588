package dev.tidemark.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts a test class in a separate process, with the class path and flags of this process. */
public final class ChildProcess {
    /** They live for a second or two: what makes a long-lived program fast would only cost time. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private ChildProcess() {}

    /**
     * A process that runs the class's {@code main}; not started yet.
     *
     * @param flags more flags for Java
     * @param arguments each as text
     */
    public static ProcessBuilder of(Class<?> main, List<String> flags, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-Dmsgpack.universal-buffer=true"));
        command.addAll(SHORT_LIVED);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }
}
