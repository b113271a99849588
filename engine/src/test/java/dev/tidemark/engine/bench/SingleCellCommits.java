package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * N18: commits that update one column of one row, without fsync, against plain JDBC. Both promise the same: a power cut
 * may lose commits but never damages the file ({@code NONE}, {@code synchronous = NORMAL}).
 */
final class SingleCellCommits implements Benchmark {
    private static final int ROUNDS = 7;
    private static final int ROWS = 10_000;
    private static final int COMMITS = 20_000;
    /** Both take turns within a round, because the load of the machine changes from one second to the next. */
    private static final int TURN = 500;

    private record Edit(UUID id, String title) {}

    private interface Commit {
        void of(Edit edit) throws Exception;
    }

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(ROWS, 18);
        Random random = new Random(18);
        List<Edit> edits = new ArrayList<>();
        for (int number = 0; number < COMMITS; number++) {
            edits.add(new Edit(rows.get(random.nextInt(ROWS)).id(), Todo.text(random, 30)));
        }
        List<Double> engine = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            try (Database database = TodoTable.open(folder.resolve("n18-" + round + ".db"), Durability.NONE);
                    PlainTodos jdbc = new PlainTodos(
                            folder.resolve("n18-plain-" + round + ".db"), "NORMAL", PlainTodos.Driver.AS_IT_COMES)) {
                TodoTable.insert(database, rows, 1_000);
                jdbc.insert(rows, 1_000);
                long engineNanos = 0;
                long plainNanos = 0;
                for (int from = 0; from < COMMITS; from += TURN) {
                    List<Edit> part = edits.subList(from, from + TURN);
                    engineNanos += nanos(
                            part, edit -> database.write(tx -> tx.execute(TodoTable.UPDATE, edit.title(), edit.id())));
                    plainNanos += nanos(part, edit -> jdbc.update(edit.id(), edit.title()));
                }
                // The first round warms up.
                if (round > 0) {
                    engine.add(COMMITS * 1e9 / engineNanos);
                    plain.add(COMMITS * 1e9 / plainNanos);
                }
            }
        }
        return List.of(Figure.of("N18", "commits of one column, no fsync", "commits/s", engine)
                .against(plain));
    }

    private static long nanos(List<Edit> edits, Commit commit) throws Exception {
        long start = System.nanoTime();
        for (Edit edit : edits) {
            commit.of(edit);
        }
        return System.nanoTime() - start;
    }
}
