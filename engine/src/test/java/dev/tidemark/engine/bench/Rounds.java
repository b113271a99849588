package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Runs programs in turns, so that the load of the machine affects all of them equally (decision 19).
 *
 * @param measured each run of the measured program
 * @param baseline each run of the baseline
 * @param lean each run of a leaner baseline; empty without one
 */
record Rounds(List<Double> measured, List<Double> baseline, List<Double> lean) {
    /** Plain JDBC, which depends on how the driver is set up. */
    @FunctionalInterface
    interface Plain {
        double run(PlainTodos.Driver driver) throws Exception;
    }

    /** Runs both once to warm up, then in so many rounds. */
    static Rounds alternating(int rounds, Callable<Double> measured, Callable<Double> baseline) throws Exception {
        List<List<Double>> runs = run(rounds, List.of(measured, baseline));
        return new Rounds(runs.get(0), runs.get(1), List.of());
    }

    /** As {@link #alternating}, beside plain JDBC as the driver comes, and lean. */
    static Rounds besidePlain(int rounds, Callable<Double> measured, Plain plain) throws Exception {
        List<List<Double>> runs = run(
                rounds,
                List.of(
                        measured,
                        () -> plain.run(PlainTodos.Driver.AS_IT_COMES),
                        () -> plain.run(PlainTodos.Driver.LEAN)));
        return new Rounds(runs.get(0), runs.get(1), runs.get(2));
    }

    private static List<List<Double>> run(int rounds, List<Callable<Double>> programs) throws Exception {
        List<List<Double>> runs = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (Callable<Double> program : programs) {
            program.call();
            order.add(runs.size());
            runs.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int program : order) {
                runs.get(program).add(programs.get(program).call());
            }
            Collections.reverse(order);
        }
        return runs;
    }

    /** The figure that decides, and the same beside the lean baseline. */
    List<Figure> figures(String id, String what, String unit) {
        return List.of(
                Figure.of(id, what, unit, measured).against(baseline),
                Figure.of(id + ".lean", what + ", beside the lean driver", unit, measured)
                        .against(lean));
    }

    /** How many a second, if this many took the time since the start. */
    static double perSecond(long count, long startNanos) {
        return count * 1e9 / (System.nanoTime() - startNanos);
    }
}
