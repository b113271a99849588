package dev.tidemark.engine.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The result of a load test. Immutable and thread-safe. */
public final class LoadReport {
    /**
     * The result of one database.
     *
     * @param recorders for each worker, the recorders of the phases that the worker began
     * @param rows the number of documents at the end
     */
    record OfDatabase(List<List<LoadRecorder>> recorders, long rows) {
        int phases() {
            return recorders.stream().mapToInt(List::size).max().orElse(0);
        }

        List<LoadRecorder> phase(int index) {
            return recorders.stream()
                    .filter(worker -> index < worker.size())
                    .map(worker -> worker.get(index))
                    .toList();
        }

        List<LoadRecorder> all() {
            return recorders.stream().flatMap(List::stream).toList();
        }
    }

    private final LoadProfile profile;
    private final Instant started;
    private final long nanos;
    private final boolean stopped;
    private final List<OfDatabase> databases;

    LoadReport(LoadProfile profile, Instant started, long nanos, boolean stopped, List<OfDatabase> databases) {
        this.profile = profile;
        this.started = started;
        this.nanos = nanos;
        this.stopped = stopped;
        this.databases = List.copyOf(databases);
    }

    /** Returns the profile of the test. */
    public LoadProfile profile() {
        return profile;
    }

    /** Returns the start of the test. */
    public Instant started() {
        return started;
    }

    /** Returns the duration of the test. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    /** Returns whether the test was stopped before its end. */
    public boolean isStopped() {
        return stopped;
    }

    /** Returns the figures of all operations on all databases together. */
    public LoadFigures all() {
        return figures(recorders(), seconds()).getLast();
    }

    /**
     * Returns the figures of each kind of operation on all databases. The last figures are those of all operations
     * together.
     */
    public List<LoadFigures> operations() {
        return figures(recorders(), seconds());
    }

    /**
     * Returns the figures of each kind of operation on one database. The last figures are those of all operations
     * together.
     *
     * @param database its number, from 1
     */
    public List<LoadFigures> operations(int database) {
        return figures(databases.get(database - 1).all(), seconds());
    }

    /**
     * Returns the figures of {@link #operations(int)} for one phase of the database.
     *
     * @param database its number, from 1
     * @param phase its number, from 1
     */
    public List<LoadFigures> operations(int database, int phase) {
        List<LoadRecorder> recorders = databases.get(database - 1).phase(phase - 1);
        long begun =
                recorders.stream().mapToLong(LoadRecorder::startNanos).min().orElse(0);
        long longest = recorders.stream()
                .mapToLong(recorder -> recorder.endNanos() - begun)
                .max()
                .orElse(0);
        return figures(recorders, longest / 1e9);
    }

    /**
     * Returns how many phases the workers of a database began.
     *
     * @param database its number, from 1
     */
    public int phases(int database) {
        return databases.get(database - 1).phases();
    }

    /**
     * Returns how many documents a database has at the end.
     *
     * @param database its number, from 1
     */
    public long rows(int database) {
        return databases.get(database - 1).rows();
    }

    /** Returns the number of failures for each reason, the most frequent first, as an unmodifiable map. */
    public Map<String, Long> failures() {
        Map<String, Long> counts = new TreeMap<>();
        recorders()
                .forEach(recorder ->
                        recorder.reasons().forEach((reason, count) -> counts.merge(reason, count, Long::sum)));
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return java.util.Collections.unmodifiableMap(sorted);
    }

    /** Returns the number of operations that succeeded in each second of the test. */
    public List<Long> perSecond() {
        List<Long> counts = new ArrayList<>();
        for (LoadRecorder recorder : recorders()) {
            long[] own = recorder.perSecond();
            for (int second = 0; second < own.length; second++) {
                if (second == counts.size()) {
                    counts.add(0L);
                }
                counts.set(second, counts.get(second) + own[second]);
            }
        }
        return List.copyOf(counts);
    }

    /** Returns the report as one JSON object. */
    public String json() {
        return LoadReportFiles.json(this);
    }

    /**
     * Writes {@code operations.csv}, {@code failures.csv} and {@code seconds.csv}.
     *
     * @param folder the folder of the files. It is created if it does not exist. Existing files of these names are
     *     replaced
     */
    public void writeCsv(Path folder) throws IOException {
        LoadReportFiles.writeCsv(this, folder);
    }

    private List<LoadRecorder> recorders() {
        return databases.stream().flatMap(database -> database.all().stream()).toList();
    }

    private double seconds() {
        return nanos / 1e9;
    }

    private static List<LoadFigures> figures(List<LoadRecorder> recorders, double seconds) {
        List<LoadFigures> figures = new ArrayList<>();
        for (LoadOperation operation : LoadOperation.values()) {
            List<Histogram> histograms = recorders.stream()
                    .flatMap(recorder -> Stream.ofNullable(recorder.latencies().get(operation)))
                    .toList();
            figures.add(LoadFigures.of(operation.text(), histograms, failed(recorders, operation), seconds));
        }
        List<Histogram> every = recorders.stream()
                .flatMap(recorder -> recorder.latencies().values().stream())
                .toList();
        long failures = figures.stream().mapToLong(LoadFigures::failures).sum();
        figures.add(LoadFigures.of(LoadFigures.ALL, every, failures, seconds));
        return List.copyOf(figures);
    }

    private static long failed(List<LoadRecorder> recorders, LoadOperation operation) {
        return recorders.stream()
                .mapToLong(recorder -> recorder.failed().getOrDefault(operation, 0L))
                .sum();
    }
}
