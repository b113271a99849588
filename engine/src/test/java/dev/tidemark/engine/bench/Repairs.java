package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Maintenance;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * N22: checks 100,000 rows, repairs 1,000 that another program changed, and rebuilds the damaged file from a backup
 * with half of them.
 */
final class Repairs implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;

    @Override
    public List<Figure> run(Path folder) throws Exception {
        Path file = folder.resolve("sound.db");
        Path copy = folder.resolve("copy.db");
        try (Database database = TodoTable.open(file, Durability.NONE)) {
            TodoTable.insert(database, Todo.some(ROWS / 2, 22), 1_000);
            database.maintenance().copyTo(copy);
            TodoTable.insert(database, Todo.some(ROWS / 2, 23), 1_000);
        }
        List<Double> checks = new ArrayList<>();
        List<Double> repairs = new ArrayList<>();
        List<Double> rebuilds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path work = folder.resolve("round-" + round + ".db");
            Files.copy(file, work, StandardCopyOption.REPLACE_EXISTING);
            try (Database database = TodoTable.open(work, Durability.NONE)) {
                checks.add(seconds(() -> require(database.maintenance().check().isSound())));
                run(work, "UPDATE todo SET title = 'other' WHERE rowid % 100 = 0");
                repairs.add(
                        seconds(() -> require(database.maintenance().repair().changed() == ROWS / 100)));
            }
            overwriteRoot(work);
            Path aside = folder.resolve("aside-" + round + ".db");
            rebuilds.add(seconds(() -> {
                Maintenance.Rebuild done = Database.rebuild(work, copy, aside, TodoTable.SCHEMA);
                require(done.recovered() == ROWS / 2 && done.isComplete());
            }));
        }
        return List.of(
                Figure.of("N22", "check of 100,000 rows", "s", checks),
                Figure.of("N22.repair", "repair of 1,000 of them", "s", repairs),
                Figure.of("N22.rebuild", "rebuild from a backup that has half of them", "s", rebuilds));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("A benchmark measures another case");
        }
    }

    private static void run(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void overwriteRoot(Path file) throws Exception {
        long page;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet root = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'todo'")) {
            page = root.getLong(1);
        }
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek((page - 1) * 4096);
            damaged.write(new byte[4096]);
        }
    }
}
