package dev.tidemark.app.bench;

import dev.tidemark.app.process.TidemarkProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures a command of the real program from its start to its end.
 *
 * @param seconds the elapsed time
 * @param processorSeconds the processor time of all threads, which other programs affect least
 * @param megabytes the peak of resident memory, including Java and its libraries; 0 on a system that does not report it
 */
record MeasuredProcess(double seconds, double processorSeconds, double megabytes) {
    private static final long LOOK_MILLIS = 20;

    /** As {@code ./tidemark} starts commands. */
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-Xms128m", "-Xmn96m", "-XX:SurvivorRatio=2");

    /** Runs a command; what it prints goes to a file. */
    static MeasuredProcess run(Path output, Path profile, String... arguments) {
        try {
            long start = System.nanoTime();
            Process process = TidemarkProcess.builder(FLAGS, profile, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            Duration processor = Duration.ZERO;
            long kilobytes = 0;
            do {
                // The system keeps neither for long after the end, so both are looked at all the time.
                processor = process.info().totalCpuDuration().orElse(processor);
                kilobytes = Math.max(kilobytes, mostResident(process.pid()));
            } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", arguments) + " failed: " + Files.readString(output));
            }
            return new MeasuredProcess(seconds, processor.toNanos() / 1e9, kilobytes / 1024.0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** The system's own high-water mark, so nothing between two looks is missed but what came after the last. */
    private static long mostResident(long process) {
        Path status = Path.of("/proc", Long.toString(process), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It has ended just now, or this is not Linux.
            return 0;
        }
    }
}
