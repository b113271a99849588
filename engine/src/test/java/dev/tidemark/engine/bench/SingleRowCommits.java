package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** N1: durable commits of one tracked row by one writer, against plain JDBC with {@code synchronous = FULL}. */
final class SingleRowCommits implements Benchmark {
    private static final int ROUNDS = 7;
    private static final int COMMITS = 2_000;
    /** The time of an fsync changes from one second to the next: so all take turns within a round, too. */
    private static final int TURN = 50;

    private final Side engine = new Side();
    private final Side plain = new Side();
    private final Side lean = new Side();

    /** What one of the three has measured. */
    private static final class Side {
        private final List<Double> speeds = new ArrayList<>();
        private final List<Double> medians = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();

        void turn(List<Todo> rows, Commit commit) throws Exception {
            long before = System.nanoTime();
            for (Todo row : rows) {
                commit.of(row);
                long after = System.nanoTime();
                micros.add((after - before) / 1e3);
                before = after;
            }
        }

        void endRound(boolean counts) {
            if (counts) {
                double seconds =
                        micros.stream().mapToDouble(Double::doubleValue).sum() / 1e6;
                speeds.add(micros.size() / seconds);
                medians.add(Figure.median(micros));
            }
            micros.clear();
        }
    }

    private interface Commit {
        void of(Todo row) throws Exception;
    }

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(COMMITS, 1);
        for (int round = 0; round <= ROUNDS; round++) {
            round(folder.resolve("engine-" + round + ".db"), folder.resolve("plain-" + round), rows);
            // The first one warms up.
            engine.endRound(round > 0);
            plain.endRound(round > 0);
            lean.endRound(round > 0);
        }
        return List.of(
                Figure.of("N1", "durable commits of one row", "commits/s", engine.speeds)
                        .against(plain.speeds),
                Figure.of("N1.lean", "durable commits of one row, beside the lean driver", "commits/s", engine.speeds)
                        .against(lean.speeds),
                Figure.of("N1.p50", "half of these commits took at most", "µs", engine.medians)
                        .against(plain.medians));
    }

    private void round(Path engineFile, Path plainFile, List<Todo> rows) throws Exception {
        try (Database database = TodoTable.open(engineFile, Durability.GROUP);
                PlainTodos jdbc = new PlainTodos(Path.of(plainFile + ".db"), "FULL", PlainTodos.Driver.AS_IT_COMES);
                PlainTodos leanJdbc = new PlainTodos(Path.of(plainFile + "-lean.db"), "FULL", PlainTodos.Driver.LEAN)) {
            for (int from = 0; from < rows.size(); from += TURN) {
                List<Todo> part = rows.subList(from, from + TURN);
                engine.turn(part, row -> database.write(tx -> tx.execute(TodoTable.INSERT, row.parameters())));
                plain.turn(part, jdbc::insert);
                lean.turn(part, leanJdbc::insert);
            }
        }
    }
}
