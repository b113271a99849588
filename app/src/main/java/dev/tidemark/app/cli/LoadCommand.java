package dev.tidemark.app.cli;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.load.LoadProfile;
import dev.tidemark.engine.load.LoadReport;
import dev.tidemark.engine.load.LoadRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Runs a load test on its own databases and prints throughput and latencies. Control-C prints the results so far. */
@Command(name = "load")
final class LoadCommand extends Subcommand implements Runnable {
    private static final int TIMEOUT_SECONDS = 30;

    @Option(names = "--databases", paramLabel = "N")
    private String databases = "3";

    @Option(names = "--workers", paramLabel = "N")
    private String workers = "10";

    @Option(names = "--duration", paramLabel = "TIME")
    private @Nullable String duration;

    @Option(names = "--mix", paramLabel = "[DB:]MIX")
    private List<String> mixes = List.of();

    @Option(names = "--phase", paramLabel = "[DB:]TIME[:MIX]")
    private List<String> phases = List.of();

    @Option(names = "--document-size", paramLabel = "BYTES")
    private String documentSize = "1024";

    @Option(names = "--durability", paramLabel = "MODE")
    private String durability = "group";

    @Option(names = "--seed", paramLabel = "N")
    private String seed = "1";

    @Option(names = "--csv", paramLabel = "DIR")
    private @Nullable Path csv;

    @Option(names = "--folder", paramLabel = "DIR")
    private @Nullable Path folder;

    /** Replaces the flag {@code --json} of all commands with an option of this command that names the report file. */
    static void replaceJsonOption(CommandLine program) {
        CommandLine bench = Objects.requireNonNull(program.getSubcommands().get("bench"));
        CommandSpec spec =
                Objects.requireNonNull(bench.getSubcommands().get("load")).getCommandSpec();
        spec.remove(spec.findOption("--json"));
        spec.addOption(
                OptionSpec.builder("--json").paramLabel("FILE").type(Path.class).build());
    }

    private @Nullable Path jsonFile() {
        return spec().findOption("--json").getValue();
    }

    @Override
    public void run() {
        LoadProfile profile = profile();
        prepareOutput();
        Path given = folder;
        try {
            Path used = given == null ? Files.createTempDirectory("tidemark-load") : Files.createDirectories(given);
            try {
                requireUnused(profile, used);
                measure(profile, used);
            } finally {
                if (given == null) {
                    delete(used);
                }
            }
        } catch (IOException e) {
            throw new ProblemException(e, "file.unwritable", e.getMessage());
        }
    }

    private LoadProfile profile() {
        try {
            return new LoadProfile(
                    new LoadArguments(databases).phases(mixes, phases, duration),
                    LoadArguments.workers(workers),
                    LoadProfile.standard(java.time.Duration.ofSeconds(1)).documents(),
                    LoadArguments.documentSize(documentSize),
                    LoadArguments.durability(durability),
                    LoadArguments.seed(seed));
        } catch (LoadArguments.BadOptionException e) {
            throw misunderstood(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException misunderstood(String sentence) {
        return new ParameterException(spec().commandLine(), sentence);
    }

    private void requireUnused(LoadProfile profile, Path used) {
        for (int number = 1; number <= profile.databases().size(); number++) {
            if (Files.exists(LoadRun.file(used, number))) {
                throw misunderstood(CliMessages.get("load.folderUsed", used));
            }
        }
    }

    /** Creates the report file and the CSV folder, so that an unusable path fails before the test and not after it. */
    private void prepareOutput() {
        try {
            if (csv != null) {
                Files.createDirectories(csv);
            }
            Path jsonFile = jsonFile();
            if (jsonFile != null) {
                Files.writeString(jsonFile, "");
            }
        } catch (IOException e) {
            throw new ProblemException(e, "file.unwritable", e.getMessage());
        }
    }

    private void measure(LoadProfile profile, Path used) throws IOException {
        CountDownLatch finished = new CountDownLatch(1);
        try (LoadRun run = LoadRun.prepare(profile, used)) {
            Thread stop = Thread.ofPlatform().name("tidemark-load-stop").unstarted(() -> stop(run, finished));
            Runtime.getRuntime().addShutdownHook(stop);
            LoadReport report = run.run();
            write(report, used);
            if (!report.isStopped()) {
                Runtime.getRuntime().removeShutdownHook(stop);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load test was interrupted", e);
        } finally {
            if (folder == null) {
                delete(used);
            }
            finished.countDown();
        }
    }

    /** Stops the test and waits for its report and cleanup. The process ends when this method returns. */
    private static void stop(LoadRun run, CountDownLatch finished) {
        run.stop();
        try {
            if (!finished.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(LoadCommand.class).warn("The load test did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(LoadReport report, Path used) throws IOException {
        Path jsonFile = jsonFile();
        if (jsonFile != null) {
            Files.writeString(jsonFile, report.json() + "\n");
        }
        if (csv != null) {
            report.writeCsv(csv);
        }
        if (isJson()) {
            output().line(report.json());
        } else {
            new LoadPrinter(output()).print(report, used);
        }
        output().flush();
    }

    private static void delete(Path used) throws IOException {
        if (Files.exists(used)) {
            try (Stream<Path> found = Files.walk(used)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
