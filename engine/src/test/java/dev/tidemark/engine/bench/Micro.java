package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link MicroBenchmarks} with JMH. */
final class Micro implements Benchmark {
    @Override
    public List<Figure> run(Path folder) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(MicroBenchmarks.class.getName())
                        .forks(1)
                        .jvmArgs(
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dmsgpack.universal-buffer=true",
                                "-Djava.io.tmpdir=" + folder)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .output(folder.resolve("jmh.txt").toString())
                        .build())
                .run();
        return List.of(
                time(results, "micro.commit", "a commit of one row, no disk", "commit")
                        .against(times(results, "plainCommit")),
                Figure.of("micro.commit-bytes", "bytes allocated by it", "B", bytes(results, "commit"))
                        .against(bytes(results, "plainCommit")),
                time(results, "micro.encode", "a segment of 1,000 changes written", "encode"),
                time(results, "micro.decode", "the same read", "decode"),
                time(results, "micro.merge", "two vectors of 20 replicas merged", "mergeVectors"),
                time(results, "micro.covers", "one compared with the other", "coverVector"));
    }

    private static Figure time(Collection<RunResult> results, String id, String what, String method) {
        return Figure.of(id, what, "µs", times(results, method));
    }

    private static List<Double> times(Collection<RunResult> results, String method) {
        return iterations(results, method).stream()
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }

    private static List<Double> bytes(Collection<RunResult> results, String method) {
        return iterations(results, method).stream()
                .map(iteration -> iteration
                        .getSecondaryResults()
                        .get("gc.alloc.rate.norm")
                        .getScore())
                .toList();
    }

    private static List<IterationResult> iterations(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .toList();
    }
}
