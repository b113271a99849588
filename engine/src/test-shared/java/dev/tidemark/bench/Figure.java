package dev.tidemark.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measured figure. Immutable.
 *
 * @param id its number in the list of targets, or that with a suffix: {@code N4.single}
 * @param what what was measured, in a few words
 * @param unit of value, baseline and runs
 * @param runs the results in order; the value is their median
 * @param baseline the figure to compare with, measured in the same run; {@code null} if there is none
 */
public record Figure(
        String id,
        String what,
        String unit,
        List<Double> runs,
        @Nullable Double baseline) {

    /** Copies the runs. */
    public Figure {
        runs = List.copyOf(runs);
    }

    /** A figure that stands for itself. */
    public static Figure of(String id, String what, String unit, List<Double> runs) {
        return new Figure(id, what, unit, runs, null);
    }

    /** This figure beside a baseline: the median of these runs. */
    public Figure against(List<Double> baselineRuns) {
        return against(median(baselineRuns));
    }

    /** This figure beside a baseline. */
    public Figure against(double other) {
        return new Figure(id, what, unit, runs, other);
    }

    /** The median of the runs. */
    public double value() {
        return median(runs);
    }

    /** Value to baseline; {@code null} without one. */
    public @Nullable Double ratio() {
        return baseline == null ? null : value() / baseline;
    }

    /** The target: for the ratio if there is a baseline, else for the value; {@code null} if there is none. */
    @Nullable
    Reach reach() {
        return Targets.of(id);
    }

    /** Whether it reaches its target; {@code null} without one. */
    public @Nullable Boolean isReached() {
        Double ratio = ratio();
        Reach reach = reach();
        return reach == null ? null : (Boolean) reach.isReachedBy(ratio == null ? value() : ratio);
    }

    /** The fields of {@code benchmarks.json}. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("value", rounded(value()));
        fields.put("unit", unit);
        fields.put("baseline", rounded(baseline));
        fields.put("ratio", rounded(ratio()));
        fields.put("runs", runs.stream().map(Figure::rounded).toList());
        return fields;
    }

    /** The median: the middle one, or the mean of the two in the middle. */
    public static double median(List<Double> runs) {
        List<Double> sorted = new ArrayList<>(runs);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A number for people: three digits, or all that stand before the point. */
    public static String text(double number) {
        double size = Math.abs(number);
        if (size >= 100 || number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", number);
    }

    private static @Nullable Double rounded(@Nullable Double number) {
        return number == null
                ? null
                : (Double) new java.math.BigDecimal(number, new java.math.MathContext(6)).doubleValue();
    }
}
