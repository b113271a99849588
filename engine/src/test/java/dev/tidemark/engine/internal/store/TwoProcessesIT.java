package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes write to one file for half a minute, or {@code -Dtidemark.soak.seconds}, and watch each other. One of
 * them is killed and restarted at uniformly random times.
 */
@Proof
class TwoProcessesIT {
    private static final int SECONDS = Integer.getInteger("tidemark.soak.seconds", 30);
    private static final int KILLS = 8;

    @TempDir
    Path folder;

    /** A running process and what it has said. */
    private static final class Heard implements AutoCloseable {
        private final Process process;
        private final List<String> said = Collections.synchronizedList(new ArrayList<>());
        private final Thread listener;

        Heard(Path file, String name) throws IOException {
            process = ConcurrentWriterProcess.start(file, name);
            listener = Thread.ofVirtual()
                    .start(() ->
                            process.inputReader(StandardCharsets.UTF_8).lines().forEach(said::add));
        }

        void tell() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        void await(String word) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!said.contains(word)) {
                assertThat(System.nanoTime()).as("%s within a minute", word).isLessThan(deadline);
                assertThat(process.isAlive()).as("the process is alive").isTrue();
                LockSupport.parkNanos(1_000_000);
            }
        }

        /**
         * As {@code kill -9}; true if it was in the middle of saving. By its handle: {@link Process#destroyForcibly}
         * closes the streams, and output that was not read yet would be lost.
         */
        boolean kill() throws InterruptedException {
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            process.waitFor();
            listener.join();
            return said.getLast().equals("begin");
        }

        Set<UUID> saved() {
            Set<UUID> ids = new HashSet<>();
            new ArrayList<>(said)
                    .stream()
                            .filter(line -> line.matches("saved [0-9a-f-]{36}"))
                            .forEach(line -> ids.add(UUID.fromString(line.substring(6))));
            return ids;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void nothingIsLostBothSeeBothAndAKillHarmsNobodyElse() throws Exception {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("Killing with -Dtidemark.seed=" + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("a.db");
        try (SqliteDatabase database = SqliteDatabase.open(file, Replicas.TASKS, DatabaseOptions.DEFAULT)) {
            Replicas.run(database, "INSERT INTO task(id, done) VALUES (?, 0)", Replicas.id());
        }
        long lifeMillis = TimeUnit.SECONDS.toMillis(SECONDS) / (KILLS + 1);
        Set<UUID> acknowledged = new HashSet<>();
        int hits = 0;
        try (Heard one = new Heard(file, "one")) {
            one.await("ready");
            for (int kill = 0; kill < KILLS; kill++) {
                try (Heard other = new Heard(file, "other")) {
                    other.await("ready");
                    int before = one.saved().size();
                    pause(random.nextLong(2 * lifeMillis));
                    hits += other.kill() ? 1 : 0;
                    acknowledged.addAll(other.saved());
                    assertThat(one.saved().size()).as("the survivor went on").isGreaterThan(before);
                }
            }
            try (Heard other = new Heard(file, "other")) {
                other.await("ready");
                pause(lifeMillis);
                for (int word = 0; word < 2; word++) {
                    one.tell();
                    other.tell();
                    one.await(word == 0 ? "stopped" : "sees all");
                    other.await(word == 0 ? "stopped" : "sees all");
                }
                for (Heard each : List.of(one, other)) {
                    assertThat(each.process.waitFor()).isZero();
                    each.listener.join();
                    acknowledged.addAll(each.saved());
                    System.out.println(each.said.getLast());
                }
            }
        }
        expectAll(file, acknowledged, hits);
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void expectAll(Path file, Set<UUID> acknowledged, int hits) {
        try (SqliteDatabase database = SqliteDatabase.open(file, Replicas.TASKS, DatabaseOptions.DEFAULT)) {
            Set<Object> found = new HashSet<>(Replicas.column(database, "SELECT lower(hex(id)) FROM task"));
            Set<Object> missing = new HashSet<>();
            acknowledged.forEach(id -> missing.add(id.toString().replace("-", "")));
            missing.removeAll(found);
            System.out.printf(
                    "%d of %d kills hit an open transaction; %d acknowledged rows, %d missing%n",
                    hits, KILLS, acknowledged.size(), missing.size());
            assertThat(missing).isEmpty();
            long rows = found.size() - 1L;
            assertThat(Replicas.value(database, "SELECT done FROM task WHERE code IS NULL"))
                    .as("each transaction counted itself once")
                    .isEqualTo(rows);
            assertThat(rows - acknowledged.size())
                    .as("saved without having said so")
                    .isBetween(0L, (long) KILLS);
            assertThat(database.changelog().vector().get(database.replica()))
                    .as("two changes a transaction, without a gap")
                    .isEqualTo(1 + 2 * rows);
            assertThat(database.<String>query(statements -> integrity(statements.connection())))
                    .isEqualTo("ok");
            assertThat(hits).isGreaterThanOrEqualTo(KILLS / 2);
        }
    }

    private static String integrity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            return row.getString(1);
        }
    }
}
