package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class FigureReportTest {
    private static final Figure WITH_BASELINE =
            Figure.of("N1", "commits", "commits/s", List.of(90.0, 80.0, 100.0)).against(List.of(200.0, 50.0, 100.0));
    private static final Figure ALONE = Figure.of("N8", "P99", "ms", List.of(12.0, 11.0));

    @TempDir
    private Path folder;

    private final FigureReport report = new FigureReport("engine", List.of("here"), List.of(WITH_BASELINE, ALONE));

    @Test
    void theRatioDecidesWhereThereIsABaselineElseTheValue() {
        assertThat(WITH_BASELINE.value()).isEqualTo(90);
        assertThat(WITH_BASELINE.ratio()).isEqualTo(0.9);
        assertThat(WITH_BASELINE.isReached()).isTrue();
        assertThat(ALONE.value()).isEqualTo(11.5);
        assertThat(ALONE.ratio()).isNull();
        assertThat(ALONE.isReached()).isFalse();
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
        Path file = folder.resolve("target/benchmarks.json");
        report.write(file);
        List<Object> figures = JSON.std.listFrom(Files.readString(file));
        assertThat((Map<?, ?>) figures.getFirst())
                .isEqualTo(Map.of(
                        "id",
                        "N1",
                        "value",
                        90.0,
                        "unit",
                        "commits/s",
                        "baseline",
                        100.0,
                        "ratio",
                        0.9,
                        "runs",
                        List.of(90.0, 80.0, 100.0)));
        Map<?, ?> alone = (Map<?, ?>) figures.getLast();
        assertThat(List.copyOf(alone.keySet()).toString()).isEqualTo("[id, value, unit, baseline, ratio, runs]");
        assertThat(alone.get("baseline")).isNull();
    }

    @Test
    void onlyTheBlockOfTheModuleIsReplacedInTheDocumentation() throws IOException {
        Path page = folder.resolve("benchmarks.md");
        Files.writeString(page, """
            before
            <!-- engine: written by mvn -Pbench verify -->
            old
            <!-- engine: end -->
            after
            """);
        report.document(folder);
        report.document(folder);
        assertThat(Files.readString(page))
                .startsWith("before\n<!-- engine: written by mvn -Pbench verify -->\nhere")
                .contains("| N1 ", "| reached |", "| missed ", "≥ 0.85", "≤ 10")
                .doesNotContain("old")
                .endsWith("|\n<!-- engine: end -->\nafter\n");
        assertThat(folder.resolve("benchmarks/engine.json")).exists();

        Files.writeString(page, "no block");
        assertThatThrownBy(() -> report.document(folder)).isInstanceOf(IOException.class);
    }
}
