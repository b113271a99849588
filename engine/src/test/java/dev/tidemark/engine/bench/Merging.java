package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** N3: merging 100,000 rows of another replica into an empty database, from memory and from the other database. */
final class Merging implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;

    private int files;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(ROWS, 3);
        try (Database other = TodoTable.open(next(folder), Durability.NONE)) {
            TodoTable.insert(other, rows, 1_000);
            List<Batch> batches = read(other);
            Rounds rounds =
                    Rounds.besidePlain(ROUNDS, () -> merge(folder, batches), driver -> plain(folder, rows, driver));
            List<Double> direct = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                direct.add(copy(folder, other));
            }
            List<Figure> figures =
                    new ArrayList<>(rounds.figures("N3", "rows merged into an empty database", "rows/s"));
            figures.addAll(List.of(
                    Figure.of("N3.rows", "the same, as a speed of its own", "rows/s", rounds.measured()),
                    Figure.of("N3.copy", "rows read from the other database and merged", "rows/s", direct)));
            return figures;
        }
    }

    private static List<Batch> read(Database other) {
        List<Batch> batches = new ArrayList<>();
        try (Batch.Reader reader = other.changelog().read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }

    private double merge(Path folder, List<Batch> batches) {
        try (Database database = TodoTable.open(next(folder), Durability.GROUP)) {
            long start = System.nanoTime();
            batches.forEach(database.changelog()::append);
            return Rounds.perSecond(ROWS, start);
        }
    }

    private double copy(Path folder, Database other) {
        try (Database database = TodoTable.open(next(folder), Durability.GROUP);
                Batch.Reader reader = other.changelog().read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
            long start = System.nanoTime();
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                database.changelog().append(batch);
            }
            return Rounds.perSecond(ROWS, start);
        }
    }

    private double plain(Path folder, List<Todo> rows, PlainTodos.Driver driver) throws Exception {
        try (PlainTodos plain = new PlainTodos(next(folder), "FULL", driver)) {
            long start = System.nanoTime();
            plain.insert(rows, 1_000);
            return Rounds.perSecond(rows.size(), start);
        }
    }

    private Path next(Path folder) {
        return folder.resolve("n3-" + files++ + ".db");
    }
}
