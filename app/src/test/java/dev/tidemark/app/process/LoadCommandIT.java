package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class LoadCommandIT {
    @TempDir
    private Path folder;

    @Proof
    @Test
    void controlCEndsTheLoadTestWithTheReportSoFar() throws Exception {
        Path own = folder.resolve("own");
        Path json = folder.resolve("report.json");
        try (TidemarkProcess load = TidemarkProcess.start(
                folder.resolve("profile"),
                "bench",
                "load",
                "--databases",
                "1",
                "--workers",
                "2",
                "--duration",
                "1h",
                "--folder",
                own.toString(),
                "--json",
                json.toString())) {
            awaitUpdate(own.resolve("load-1.db"), load);
            load.interrupt();
            TidemarkProcess.Ended ended = load.end();
            assertThat(ended.errors()).isEmpty();
            assertThat(ended.output()).contains("Stopped early.", "P99.9 ms");
            // What the shell shows for a program that Control-C ended.
            assertThat(ended.code()).isEqualTo(130);
        }
        Map<String, Object> report = JSON.std.mapFrom(Files.readString(json));
        assertThat(report).containsEntry("stopped", true);
        Map<?, ?> all = (Map<?, ?>) ((List<?>) report.get("operations")).getLast();
        assertThat((Integer) all.get("count")).isPositive();
        // Closed in order: the log is in the database.
        assertThat(own.resolve("load-1.db-wal")).doesNotExist();
    }

    private static void awaitUpdate(Path database, TidemarkProcess load) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline && load.isAlive()) {
            if (Files.exists(database) && isUpdated(database)) {
                return;
            }
        }
        throw new AssertionError("Nothing was updated; it said: " + load.errors());
    }

    private static boolean isUpdated(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'document'")) {
            if (!tables.next()) {
                return false;
            }
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM document WHERE revision > 1 LIMIT 1")) {
                return rows.next();
            }
        }
    }
}
