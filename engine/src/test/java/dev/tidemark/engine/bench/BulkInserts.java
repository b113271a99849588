package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** N2: inserts of tracked rows, 1,000 per transaction, by SQL and as records. */
final class BulkInserts implements Benchmark {
    private static final int ROUNDS = 7;
    private static final int ROWS = 50_000;
    private static final int EACH = 1_000;

    private int files;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(ROWS, 2);
        Rounds sql =
                Rounds.besidePlain(ROUNDS, () -> engine(folder, rows, false), driver -> plain(folder, rows, driver));
        Rounds records =
                Rounds.besidePlain(ROUNDS, () -> engine(folder, rows, true), driver -> plain(folder, rows, driver));
        List<Figure> figures = new ArrayList<>(sql.figures("N2", "rows by SQL, 1,000 a transaction", "rows/s"));
        figures.addAll(records.figures("N2.save", "rows saved as records, 1,000 a transaction", "rows/s"));
        return figures;
    }

    private double engine(Path folder, List<Todo> rows, boolean records) {
        try (Database database = TodoTable.open(next(folder), Durability.GROUP)) {
            long start = System.nanoTime();
            if (records) {
                TodoTable.save(database, rows, EACH);
            } else {
                TodoTable.insert(database, rows, EACH);
            }
            return Rounds.perSecond(rows.size(), start);
        }
    }

    private double plain(Path folder, List<Todo> rows, PlainTodos.Driver driver) throws Exception {
        try (PlainTodos plain = new PlainTodos(next(folder), "FULL", driver)) {
            long start = System.nanoTime();
            plain.insert(rows, EACH);
            return Rounds.perSecond(rows.size(), start);
        }
    }

    private Path next(Path folder) {
        return folder.resolve("n2-" + files++ + ".db");
    }
}
