package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Creates a start-up cache for each starter. The cache has loaded and linked classes with their profiles (JEP 483, 514,
 * 515). Java records it during a training run on an empty profile. The training run of one starter is a command. The
 * training run of the other starter opens the window without a display, while commands add items.
 */
final class StartupCache {
    private static final String OPTIONS = "[JavaOptions]";

    /** The log line that the window writes after its first frames. */
    private static final String FIRST_FRAME = "The window is drawn";

    private static final long LIMIT_SECONDS = 120;
    private static final long PAUSE_MILLIS = 50;

    private final Path image;
    private final Path training;

    private StartupCache(Path image, Path training) {
        this.image = image;
        this.training = training;
    }

    /** Trains both starters of a program folder. Deletes the folder {@code training} afterwards. */
    static void train(Path image, Path training) throws IOException {
        new StartupCache(image, training).train();
        Folders.delete(training);
    }

    private void train() throws IOException {
        record(ProgramImage.COMMANDS, List.of(), this::runCommand);
        record(
                ProgramImage.WINDOW,
                List.of("java-options=-Dglass.platform=Headless", "java-options=-Dprism.order=sw"),
                this::runWindow);
    }

    private interface Run {
        void run() throws IOException;
    }

    /** Records a cache while the starter runs. Then configures the starter to use the cache. */
    private void record(String starter, List<String> only, Run run) throws IOException {
        Path configuration = programFolder().resolve(starter + ".cfg");
        String cache = starter.toLowerCase(java.util.Locale.ROOT) + ".aot";
        List<String> lines = Files.readAllLines(configuration);
        List<String> recording = new ArrayList<>(only);
        recording.add("java-options=-XX:AOTCacheOutput=$APPDIR/" + cache);
        Files.write(configuration, with(lines, recording));
        run.run();
        if (!Files.exists(programFolder().resolve(cache))) {
            throw new IOException("The run of " + starter + " left no cache behind.");
        }
        Files.write(configuration, with(lines, List.of("java-options=-XX:AOTCache=$APPDIR/" + cache)));
    }

    private static List<String> with(List<String> lines, List<String> options) {
        List<String> result = new ArrayList<>(lines);
        result.addAll(lines.indexOf(OPTIONS) + 1, options);
        return result;
    }

    private void runCommand() throws IOException {
        Tool.await(ProgramImage.COMMANDS, start(ProgramImage.COMMANDS, "list", "--json"));
    }

    private void runWindow() throws IOException {
        Tool.await(ProgramImage.COMMANDS, start(ProgramImage.COMMANDS, "add", "Water the plants", "--tag", "home"));
        Process window = start(ProgramImage.WINDOW);
        try {
            awaitFirstFrame(window);
            Tool.await(ProgramImage.COMMANDS, start(ProgramImage.COMMANDS, "add", "A note", "--note"));
            window.destroy();
            if (!window.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("The window did not close within " + LIMIT_SECONDS + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The training was interrupted", e);
        } finally {
            window.destroyForcibly();
        }
    }

    private void awaitFirstFrame(Process window) throws IOException, InterruptedException {
        Path log = training.resolve("profile/logs/tidemark.log");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.exists(log) || !Files.readString(log).contains(FIRST_FRAME)) {
            if (!window.isAlive() || System.nanoTime() > end) {
                throw new IOException("The window did not open for the training.");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private Process start(String starter, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(starterFile(starter).toString());
        command.add("--profile");
        command.add(training.resolve("profile").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        for (String place : List.of("DATA", "CONFIG", "CACHE", "STATE")) {
            environment.put("XDG_" + place + "_HOME", training.resolve("home").toString());
        }
        environment.put("TIDEMARK_KEYCHAIN", "off");
        return builder.start();
    }

    private Path programFolder() {
        return switch (Platform.current()) {
            case LINUX -> image.resolve("lib/app");
            case WINDOWS -> image.resolve("app");
            case MACOS -> image.resolve("Contents/app");
        };
    }

    private Path starterFile(String starter) {
        return switch (Platform.current()) {
            // One script replaces both starters. It chooses by its arguments.
            case LINUX -> image.resolve("bin/tidemark");
            case WINDOWS -> image.resolve(starter + ".exe");
            case MACOS -> image.resolve("Contents/MacOS").resolve(starter);
        };
    }
}
