package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import java.nio.file.Path;
import java.util.List;

/** One of the target figures, measured in its own process. */
interface Benchmark {
    /**
     * Warms up, measures at least five times beside its baseline, and says what came out.
     *
     * @param folder an empty folder of its own
     */
    List<Figure> run(Path folder) throws Exception;
}
