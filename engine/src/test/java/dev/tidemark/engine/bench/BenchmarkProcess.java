package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureFile;
import dev.tidemark.bench.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs one benchmark in a separate process. */
final class BenchmarkProcess {
    private static final List<String> FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "-Dmsgpack.universal-buffer=true", "-Xms512m", "-Xmx2g");

    private BenchmarkProcess() {}

    /** Arguments: the benchmark's id; the file that its figures go to, serialised. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("bench");
        try {
            List<Figure> figures = EngineBenchmarks.named(arguments[0]).run(folder);
            FigureFile.write(Path.of(arguments[1]), figures);
        } finally {
            Folders.delete(folder);
        }
        // Whatever threads a benchmark has left behind must not hold up the next.
        System.exit(0);
    }

    /** Starts the benchmark and waits for its figures. */
    static List<Figure> run(String id) throws IOException, InterruptedException {
        return run(process -> {}, BenchmarkProcess.class, id);
    }

    /** Starts a program, after some preparation, that writes figures to the file named by its last argument. */
    static List<Figure> run(Consumer<ProcessBuilder> preparation, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("figures", ".json");
        try {
            List<String> command = new java.util.ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(FLAGS);
            command.addAll(List.of(
                    "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(List.of(arguments));
            command.add(file.toString());
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            preparation.accept(builder);
            long start = System.nanoTime();
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("The benchmark " + String.join(" ", arguments) + " failed");
            }
            System.err.printf("%s took %.0f s%n", arguments[0], (System.nanoTime() - start) / 1e9);
            return FigureFile.read(file);
        } finally {
            Files.delete(file);
        }
    }
}
