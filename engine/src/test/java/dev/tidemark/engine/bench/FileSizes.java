package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * N4: the closed database file after 100,000 inserts, including the changelog, against a plain file with the same rows.
 */
final class FileSizes implements Benchmark {
    private static final int ROWS = 100_000;
    private static final int RUNS = 5;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Double> plain = new ArrayList<>();
        List<Double> bulk = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        List<Double> consolidated = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<Todo> rows = Todo.some(ROWS, 40 + run);
            plain.add(plain(folder.resolve("n4-plain-" + run + ".db"), rows));
            bulk.add(engine(folder.resolve("n4-bulk-" + run + ".db"), rows, 1_000));
            Path ofSingle = folder.resolve("n4-single-" + run + ".db");
            single.add(engine(ofSingle, rows, 1));
            consolidated.add(consolidated(ofSingle));
        }
        return List.of(
                Figure.of("N4", "file, 1,000 rows a transaction", "MB", bulk).against(plain),
                Figure.of("N4.single", "file, one row a transaction", "MB", single)
                        .against(plain),
                Figure.of("N4.consolidated", "file, one row a transaction, after maintenance", "MB", consolidated)
                        .against(plain));
    }

    private static double consolidated(Path file) throws Exception {
        try (Database database = TodoTable.open(file, Durability.NONE)) {
            database.maintenance().run(Duration.ofMinutes(5), () -> false);
        }
        return megabytes(file);
    }

    private static double plain(Path file, List<Todo> rows) throws Exception {
        try (PlainTodos plain = new PlainTodos(file, "OFF", PlainTodos.Driver.LEAN)) {
            plain.insert(rows, 1_000);
        }
        return megabytes(file);
    }

    private static double engine(Path file, List<Todo> rows, int each) throws Exception {
        // How durable a commit is changes nothing about the size.
        try (Database database = TodoTable.open(file, Durability.NONE)) {
            TodoTable.insert(database, rows, each);
        }
        return megabytes(file);
    }

    /** After closing, which takes the log into the file. */
    private static double megabytes(Path file) throws Exception {
        if (Files.exists(file.resolveSibling(file.getFileName() + "-wal"))) {
            throw new IllegalStateException("The log of " + file + " is still there");
        }
        return Files.size(file) / 1e6;
    }
}
