package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.launcher.Main;
import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the real program with its window in a separate process, operates the window and measures.
 *
 * <p>Arguments: what to do, the profile, the file for the figures, and further ones for some tasks.
 */
final class WindowRun {
    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 120_000;

    /** As {@code ./tidemark} starts the window, but for the screen. */
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-Xmn32m",
            "-XX:MetaspaceSize=96m",
            "-Dmsgpack.universal-buffer=true",
            "-Dglass.platform=Headless",
            "-Dprism.order=sw",
            "-Duser.language=en",
            "-Duser.country=US");

    private WindowRun() {}

    /** Something to do in the window. */
    interface Scenario {
        /** @param arguments all that the process got */
        List<Figure> play(Screen screen, String... arguments) throws Exception;
    }

    public static void main(String[] arguments) {
        Scenario scenario = Map.<String, Scenario>of(
                        "N14", new LargeList(), "N15", new SearchAsYouType(), "N16", new TypingDuringSync())
                .get(arguments[0]);
        Thread.ofPlatform().daemon().name("person").start(() -> play(scenario, arguments));
        Main.main(new String[] {"--profile", arguments[1]});
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // What this process prints is its log.
    private static void play(Scenario scenario, String... arguments) {
        int code = 1;
        try {
            Screen screen = new Screen();
            awaitWindow(screen);
            FigureFile.write(Path.of(arguments[2]), scenario.play(screen, arguments));
            code = 0;
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(code);
    }

    private static void awaitWindow(Screen screen) throws InterruptedException {
        for (long waited = 0; !isOpen(screen); waited += LOOK_MILLIS) {
            if (waited > PATIENCE_MILLIS) {
                throw new AssertionError("The window did not open");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** While JavaFX starts there is nothing to ask. */
    private static boolean isOpen(Screen screen) {
        try {
            return screen.shows("quick-add");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Starts it, waits for its end, and returns its figures. */
    static List<Figure> start(String scenario, Path profile, Path folder, String... more) throws IOException {
        Path figures = folder.resolve("figures.json");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        String extra = System.getProperty("tidemark.bench.flags", "");
        if (!extra.isEmpty()) {
            command.addAll(List.of(extra.split(" ")));
        }
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                WindowRun.class.getName(),
                scenario,
                profile.toString(),
                figures.toString()));
        command.addAll(List.of(more));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("The benchmark " + scenario + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return FigureFile.read(figures);
    }

    /** The most memory that this process has had so far, in megabytes; 0 where the system does not say. */
    static double megabytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many of a hundred were no larger than what this returns. */
    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
