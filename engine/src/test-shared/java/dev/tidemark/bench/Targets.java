package dev.tidemark.bench;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The targets of all figures, by id: for the ratio of a figure with a baseline, else for its value. The tables of
 * docs/benchmarks.md name the same.
 */
final class Targets {
    static final Map<String, Reach> ALL = Map.ofEntries(
            entry("N1", Reach.atLeast(0.85)),
            entry("N2", Reach.atLeast(0.55)),
            entry("N3", Reach.atLeast(0.40)),
            entry("N3.rows", Reach.atLeast(50_000)),
            entry("N4", Reach.atMost(1.7)),
            entry("N4.single", Reach.atMost(2.3)),
            entry("N4.consolidated", Reach.atMost(1.4)),
            entry("N5", Reach.atLeast(4)),
            entry("N5.plain-fsync", Reach.atLeast(1)),
            entry("N6", Reach.atMost(2)),
            entry("N7", Reach.atLeast(5_960)),
            entry("N7.p95", Reach.atMost(10)),
            entry("N7.failures", Reach.atMost(0)),
            entry("N8", Reach.atMost(10)),
            entry("N8.deliveries", Reach.atMost(1)),
            entry("N9", Reach.atMost(15)),
            entry("N9.memory", Reach.atMost(300)),
            entry("N10", Reach.atLeast(37)),
            entry("N10.500", Reach.atLeast(300)),
            entry("N10.seconds", Reach.atMost(1.5)),
            entry("N11", Reach.atMost(0.05)),
            entry("N11.nothing", Reach.atMost(1)),
            entry("N11.push", Reach.atMost(3)),
            entry("N11.pull", Reach.atMost(3)),
            entry("N11.push10000", Reach.atMost(6)),
            entry("N11.pull10000", Reach.atMost(6)),
            entry("N12", Reach.atLeast(5)),
            entry("N14", Reach.atMost(50)),
            entry("N14.over", Reach.atMost(0)),
            entry("N14.quick-add", Reach.atMost(50)),
            entry("N14.memory", Reach.atMost(350)),
            entry("N15", Reach.atMost(30)),
            entry("N16", Reach.atMost(100)),
            entry("N16.over", Reach.atMost(0)),
            entry("N17", Reach.atMost(5.5)),
            entry("N17.again", Reach.atMost(0.1)),
            entry("N18", Reach.atLeast(0.35)),
            entry("N19", Reach.atMost(1)),
            entry("N20", Reach.atMost(300)),
            entry("N21", Reach.atMost(100)),
            entry("N22", Reach.atMost(5)),
            entry("N22.repair", Reach.atMost(10)),
            entry("N22.rebuild", Reach.atMost(10)));

    private Targets() {}

    /** The target of a figure; {@code null} if it has none. */
    static @Nullable Reach of(String id) {
        return ALL.get(id);
    }
}
