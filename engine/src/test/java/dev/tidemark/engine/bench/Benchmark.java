package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import java.nio.file.Path;
import java.util.List;

/** Measures one of the target figures in a separate process. */
interface Benchmark {
    /**
     * Warms up, measures at least five times beside its baseline, and says what came out.
     *
     * @param folder an empty folder of its own
     */
    List<Figure> run(Path folder) throws Exception;
}
