package dev.tidemark.engine.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * Counts, delays and fails the fsyncs of child processes in one folder, and records their writes, by means of the
 * preloaded library {@code native/fsync_shim.c}. Immutable.
 */
public final class FsyncShim {
    /** What the processes did in the folder. */
    public record Counts(long fsyncs, long failed, long folderFsyncs, long writes) {}

    private final Path library;
    private final Path folder;
    private final Path record;
    private final Path counts;
    private final Duration delay;
    private final long failAt;

    private FsyncShim(Path library, Path folder, Path record, Path counts, Duration delay, long failAt) {
        this.library = library;
        this.folder = folder;
        this.record = record;
        this.counts = counts;
        this.delay = delay;
        this.failAt = failAt;
    }

    /**
     * Compiles the shim.
     *
     * @param folder the folder to watch; there already
     * @param aside a folder elsewhere for the library, the record and the counters
     * @throws org.opentest4j.TestAbortedException where there is no C compiler, or no Linux, and no CI either: {@code
     *     .ci/run} installs one
     */
    public static FsyncShim compile(Path folder, Path aside) throws IOException, InterruptedException {
        Path library = aside.resolve("fsync_shim.so");
        String reason = build(library, aside.resolve("cc.txt"));
        if (reason != null) {
            System.out.println("SKIPPED, nothing is known of durability: " + reason);
            Assumptions.abort(reason);
        }
        return new FsyncShim(
                library, folder.toRealPath(), aside.resolve("record"), aside.resolve("counts"), Duration.ZERO, 0);
    }

    private static String build(Path library, Path output) throws IOException, InterruptedException {
        boolean required = System.getenv("CI") != null;
        if (!System.getProperty("os.name").equals("Linux")) {
            return "the shim needs Linux";
        }
        Path source = library.resolveSibling("fsync_shim.c");
        try (InputStream in = FsyncShim.class.getResourceAsStream("/native/fsync_shim.c")) {
            Files.write(source, Objects.requireNonNull(in).readAllBytes());
        }
        ProcessBuilder compiler = new ProcessBuilder(
                        "cc",
                        "-O2",
                        "-Wall",
                        "-Werror",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process running;
        try {
            running = compiler.start();
        } catch (IOException e) {
            if (required) {
                throw new AssertionError("The C compiler cc is missing; .ci/run installs it", e);
            }
            return "the C compiler cc is missing (install gcc and libc6-dev)";
        }
        if (running.waitFor() != 0) {
            throw new AssertionError("The shim could not be compiled:\n" + Files.readString(output));
        }
        return null;
    }

    /** The same shim, with each fsync of a file taking that much longer. */
    public FsyncShim delaying(Duration by) {
        return new FsyncShim(library, folder, record, counts, by, failAt);
    }

    /** The same shim, failing one fsync in each process: the first is 1. */
    public FsyncShim failingAt(long number) {
        return new FsyncShim(library, folder, record, counts, delay, number);
    }

    /** Puts the shim under a process that is about to start, and has it recorded what it writes. */
    public void recordUnder(ProcessBuilder process) {
        countUnder(process);
        process.environment().put("TIDEMARK_SHIM_LOG", record.toString());
    }

    /** Puts the shim under a process that is about to start; it only counts, delays and fails. */
    public void countUnder(ProcessBuilder process) {
        process.environment()
                .putAll(Map.of(
                        "LD_PRELOAD", library.toString(),
                        "TIDEMARK_SHIM_FOLDER", folder.toString(),
                        "TIDEMARK_SHIM_COUNTS", counts.toString(),
                        "TIDEMARK_SHIM_DELAY_MICROS", Long.toString(delay.toNanos() / 1000),
                        "TIDEMARK_SHIM_FAIL_AT", Long.toString(failAt)));
    }

    /** What the processes under it did until now. */
    public Counts counts() throws IOException {
        ByteBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(counts)).order(ByteOrder.nativeOrder());
        return new Counts(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    /** What was recorded until now. */
    public WriteLog log() throws IOException {
        return WriteLog.read(record);
    }
}
