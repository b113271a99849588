package dev.tidemark.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class LoadRunTest {
    private static final LoadMix MIX = LoadMix.DEFAULT;

    @TempDir
    private Path folder;

    private static LoadProfile counting(int databases, long operations) {
        return LoadProfile.of(databases, List.of(LoadPhase.counting(operations, MIX)))
                .withWorkers(4)
                .with(Durability.NONE);
    }

    private static LoadReport run(LoadProfile profile, Path folder) throws InterruptedException {
        try (LoadRun run = LoadRun.prepare(profile, folder)) {
            return run.run();
        }
    }

    private static LoadFigures of(LoadReport report, LoadOperation operation) {
        return of(report.operations(), operation);
    }

    private static LoadFigures of(List<LoadFigures> figures, LoadOperation operation) {
        return figures.stream()
                .filter(one -> one.operation().equals(operation.text()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatTheReportCountsIsWhatTheDatabasesHold() throws Exception {
        LoadReport report = run(counting(3, 150), folder);
        assertThat(report.all().count()).isEqualTo(3 * 4 * 150);
        assertThat(report.all().failures()).isZero();
        assertThat(report.operations().stream()
                        .limit(4)
                        .mapToLong(LoadFigures::count)
                        .sum())
                .isEqualTo(report.all().count());
        for (int number = 1; number <= 3; number++) {
            List<LoadFigures> figures = report.operations(number);
            long expected = 4 * 100
                    + of(figures, LoadOperation.CREATE).count()
                    - of(figures, LoadOperation.DELETE).count();
            assertThat(report.rows(number)).isEqualTo(expected);
            // Open it again: it must be in the file.
            try (Database database = Database.open(LoadRun.file(folder, number), LoadDocument.SCHEMA)) {
                List<LoadDocument> documents = database.list(Query.of("SELECT id, title, body, revision FROM document")
                        .as(LoadDocument.class));
                assertThat(documents).hasSize((int) expected);
                assertThat(documents)
                        .filteredOn(document -> document.revision() == 1)
                        .allMatch(document ->
                                document.title().length() + document.body().length() == 1024);
                long updates = documents.stream()
                        .mapToLong(document -> document.revision() - 1)
                        .sum();
                assertThat(updates)
                        .isPositive()
                        .isLessThanOrEqualTo(of(figures, LoadOperation.UPDATE).count());
            }
        }
    }

    @Test
    void theMixIsKept() throws Exception {
        LoadReport report = run(counting(1, 1_000), folder);
        assertThat(of(report, LoadOperation.READ).count()).isBetween(1_450L, 1_750L);
        assertThat(of(report, LoadOperation.CREATE).count()).isBetween(1_080L, 1_320L);
        assertThat(of(report, LoadOperation.UPDATE).count()).isBetween(690L, 910L);
        assertThat(of(report, LoadOperation.DELETE).count()).isBetween(310L, 490L);
    }

    @Test
    void percentilesRiseAndLieBelowTheLongest() throws Exception {
        LoadReport report = run(counting(1, 200), folder);
        assertThat(report.operations()).allSatisfy(figures -> {
            assertThat(figures.p50()).isPositive();
            assertThat(List.of(figures.p50(), figures.p95(), figures.p99(), figures.p999(), figures.max()))
                    .isSorted();
            assertThat(figures.perSecond()).isPositive();
        });
    }

    @Proof
    @Test
    void theSameSeedDoesTheSame() throws Exception {
        LoadProfile profile = counting(2, 120);
        List<String> first = contents(profile, "first");
        assertThat(contents(profile, "again")).isEqualTo(first);
        assertThat(contents(profile.withSeed(2), "other")).isNotEqualTo(first);
    }

    private List<String> contents(LoadProfile profile, String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        run(profile, own);
        try (Database one = Database.open(LoadRun.file(own, 1), LoadDocument.SCHEMA);
                Database two = Database.open(LoadRun.file(own, 2), LoadDocument.SCHEMA)) {
            assertThat(one.dump()).isNotEqualTo(two.dump());
            return List.of(rows(one), rows(two));
        }
    }

    private static String rows(Database database) {
        return String.join(
                "\n",
                database.list(
                        Query.of("SELECT hex(id) || title || body || revision AS all_of_it FROM document ORDER BY id")
                                .map(row -> String.valueOf(row.value(0)))));
    }

    @Test
    void failuresAreCountedApartWithTheirReasons() throws Exception {
        try (LoadRun run = LoadRun.prepare(counting(1, 100), folder)) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + LoadRun.file(folder, 1));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TRIGGER refuse BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'not this"
                        + " one'); END");
            }
            LoadReport report = run.run();
            LoadFigures deletes = of(report, LoadOperation.DELETE);
            assertThat(deletes.count()).isZero();
            assertThat(deletes.p999()).isZero();
            assertThat(deletes.failures()).isPositive().isEqualTo(report.all().failures());
            assertThat(report.all().count() + report.all().failures()).isEqualTo(400);
            assertThat(report.failures()).hasSize(1).containsValue(deletes.failures());
            assertThat(report.failures().keySet().iterator().next()).contains("not this one");
            assertThat(report.rows(1))
                    .isEqualTo(400 + of(report, LoadOperation.CREATE).count());
        }
    }

    @Test
    void databasesAndPhasesHaveMixesOfTheirOwn() throws Exception {
        LoadMix reads = LoadMix.parse("read=100");
        LoadMix writes = LoadMix.parse("create=1, delete=1");
        LoadProfile profile = new LoadProfile(
                List.of(
                        List.of(LoadPhase.counting(50, reads), LoadPhase.counting(70, writes)),
                        List.of(LoadPhase.lasting(Duration.ofMillis(200), reads))),
                2,
                10,
                64,
                Durability.GROUP,
                5);
        LoadReport report = run(profile, folder);
        assertThat(report.phases(1)).isEqualTo(2);
        assertThat(counts(report.operations(1, 1))).containsExactly(100L, 0L, 0L, 0L, 100L);
        assertThat(counts(report.operations(1, 2)).getFirst()).isZero();
        assertThat(counts(report.operations(1, 2)).getLast()).isEqualTo(140L);
        assertThat(counts(report.operations(2)).subList(1, 4)).containsOnly(0L);
        assertThat(report.elapsed()).isGreaterThan(Duration.ofMillis(200));
    }

    private static List<Long> counts(List<LoadFigures> figures) {
        return figures.stream().map(LoadFigures::count).toList();
    }

    @Proof
    @Test
    void stopsWhenToldWithWhatWasDoneUntilThen() throws Exception {
        LoadProfile profile = LoadProfile.standard(Duration.ofHours(1)).withWorkers(2);
        try (LoadRun run = LoadRun.prepare(profile, folder)) {
            CompletableFuture<LoadReport> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return run.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitUpdate();
            run.stop();
            LoadReport report = running.get(30, TimeUnit.SECONDS);
            assertThat(report.isStopped()).isTrue();
            assertThat(report.all().count()).isPositive();
            assertThat(report.rows(1))
                    .isEqualTo(200
                            + of(report.operations(1), LoadOperation.CREATE).count()
                            - of(report.operations(1), LoadOperation.DELETE).count());
        }
    }

    private void awaitUpdate() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + LoadRun.file(folder, 1));
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (ResultSet rows = statement.executeQuery("SELECT 1 FROM document WHERE revision > 1 LIMIT 1")) {
                    if (rows.next()) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("Nothing was updated");
    }

    @Test
    void writesJsonAndCsv() throws Exception {
        LoadReport report = run(counting(2, 60), folder);
        Map<String, Object> json = JSON.std.mapFrom(report.json());
        assertThat(json).containsKeys("profile", "started", "seconds", "operations", "databases", "failures");
        assertThat((List<?>) json.get("databases")).hasSize(2);
        Map<?, ?> all = (Map<?, ?>) ((List<?>) json.get("operations")).getLast();
        assertThat(all.get("operation")).isEqualTo("all");
        assertThat(all.get("count")).isEqualTo(2 * 4 * 60);
        assertThat((Double) all.get("p99Millis")).isEqualTo(report.all().p99());

        Path csv = folder.resolve("csv");
        report.writeCsv(csv);
        List<String[]> lines = Files.readAllLines(csv.resolve("operations.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
        // All databases, two databases, and the phase of each: five figures each.
        assertThat(lines).hasSize(1 + 5 * 5).allMatch(line -> line.length == lines.getFirst().length);
        assertThat(lines.get(5)).startsWith("all", "all", "all", "480", "0");
        assertThat(Files.readAllLines(csv.resolve("failures.csv"))).containsExactly("reason,count");
        assertThat(Files.readAllLines(csv.resolve("seconds.csv")).stream()
                        .skip(1)
                        .mapToLong(line -> Long.parseLong(line.split(",", -1)[1]))
                        .sum())
                .isEqualTo(480);
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        assertThatThrownBy(() -> LoadMix.parse("read=40,write=60")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadMix.parse("read")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadMix.parse("read=1,read=2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadMix.parse("read=0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadPhase.counting(0, MIX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counting(1, 1).withWorkers(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counting(1, 1).withDocumentSize(31)).isInstanceOf(IllegalArgumentException.class);
        run(counting(1, 1), folder);
        assertThatThrownBy(() -> LoadRun.prepare(counting(1, 1), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("load-1.db");
    }
}
