package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureReport;
import dev.tidemark.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the engine's benchmarks, each in its own Java process, so that JIT profiles of one do not affect another.
 *
 * <p>Arguments: {@code all} or comma-separated ids; the folder for the JSON; the folder of the documentation, which
 * gets the figures of complete runs only.
 */
final class EngineBenchmarks {
    private static final Map<String, Supplier<Benchmark>> BENCHMARKS = benchmarks();

    private EngineBenchmarks() {}

    private static Map<String, Supplier<Benchmark>> benchmarks() {
        Map<String, Supplier<Benchmark>> all = new LinkedHashMap<>();
        all.put("N1", SingleRowCommits::new);
        all.put("N2", BulkInserts::new);
        all.put("N3", Merging::new);
        all.put("N4", FileSizes::new);
        all.put("N5", ManyWriters::new);
        all.put("N6", ReadsBesideWriter::new);
        all.put("N8", Deliveries::new);
        all.put("N10", FarBucket::new);
        all.put("N11", RequestCosts::new);
        all.put("N12", NewDevice::new);
        all.put("N17", Segments::new);
        all.put("N18", SingleCellCommits::new);
        all.put("N19", ColdMerge::new);
        all.put("N22", Repairs::new);
        all.put("micro", Micro::new);
        return all;
    }

    static Benchmark named(String id) {
        return BENCHMARKS.get(id).get();
    }

    public static void main(String[] arguments) throws Exception {
        boolean all = arguments[0].equals("all");
        List<String> wanted = all ? List.copyOf(BENCHMARKS.keySet()) : Arrays.asList(arguments[0].split(","));
        if (wanted.stream().noneMatch(BENCHMARKS::containsKey)) {
            System.out.println("The engine has no benchmark " + arguments[0] + ", only " + BENCHMARKS.keySet());
            return;
        }
        List<String> about = List.of(
                Machine.describe(),
                versions(),
                "durability `GROUP`, plain JDBC with `synchronous = FULL`, both in WAL mode, unless the line says"
                        + " otherwise");
        List<Figure> figures = new ArrayList<>();
        for (String id : wanted) {
            if (BENCHMARKS.containsKey(id)) {
                figures.addAll(BenchmarkProcess.run(id));
            }
        }
        new FigureReport("engine", about, figures).publish(Path.of(arguments[1]), all ? Path.of(arguments[2]) : null);
    }

    private static String versions() throws SQLException, IOException {
        Path file = Files.createTempFile("version", ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return "SQLite " + connection.getMetaData().getDatabaseProductVersion() + ", driver sqlite-jdbc "
                    + connection.getMetaData().getDriverVersion();
        } finally {
            Files.delete(file);
        }
    }
}
