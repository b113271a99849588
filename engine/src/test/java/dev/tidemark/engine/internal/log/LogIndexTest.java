package dev.tidemark.engine.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acceptance 19: queries of the changelog use indexes, and decode few blocks of a large changelog for a small answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogIndexTest {
    private static final int SINGLE = 2_000;
    private static final int BULK = 98_000;

    private Replicas replicas;
    private SqliteDatabase database;
    private final UUID edited = Replicas.id();
    private List<Change> all = List.of();

    /**
     * 100,000 entries: most of them in transactions of a thousand, two thousand by themselves, some of another device.
     */
    @BeforeAll
    void fill(@TempDir Path folder) {
        replicas = new Replicas(folder, Replicas.TASKS);
        database = replicas.open("a");
        SqliteDatabase other = replicas.open("b");
        Replicas.run(other, "INSERT INTO note VALUES (?, 'far away')", edited);
        Replicas.sync(database, other);
        for (int from = 0; from < BULK; from += 1000) {
            int count = Math.min(1000, BULK - from);
            database.write(tx -> {
                for (int row = 0; row < count; row++) {
                    tx.execute("INSERT INTO task(id, title) VALUES (?, ?)", Replicas.id(), "task " + row);
                }
                return count;
            });
            Replicas.run(database, "UPDATE note SET body = ? WHERE id = ?", "after " + from, edited);
        }
        for (int count = BULK / 1000 + 1; count < SINGLE; count++) {
            Replicas.run(database, "INSERT INTO folder(id, name) VALUES (?, ?)", Replicas.id(), "folder " + count);
        }
        all = Replicas.changes(database);
        assertThat(all).hasSize(BULK + SINGLE);
    }

    @AfterAll
    void close() {
        replicas.close();
    }

    private List<ChangelogQuery> queries() {
        Instant middle = Instant.ofEpochMilli(all.get(50_000).wallMillis());
        ReplicaId replica = database.replica();
        return List.of(
                ChangelogQuery.ALL.newestFirst().limit(20),
                ChangelogQuery.ALL.limit(20),
                ChangelogQuery.ALL.after(all.get(70_000).timestamp()).limit(20),
                ChangelogQuery.ALL
                        .newestFirst()
                        .after(all.get(70_000).timestamp())
                        .limit(20),
                ChangelogQuery.ALL.row("note", edited).newestFirst().limit(5),
                ChangelogQuery.ALL.row("note", edited).limit(2),
                ChangelogQuery.ALL.row("task", all.get(40_000).row()),
                ChangelogQuery.ALL.table("note").newestFirst().limit(3),
                ChangelogQuery.ALL.table("folder").limit(3),
                ChangelogQuery.ALL.by(replica).sequences(60_000, 60_010),
                ChangelogQuery.ALL.sequences(1, 5),
                ChangelogQuery.ALL.from(middle).before(middle.plus(Duration.ofMillis(1))),
                ChangelogQuery.ALL.table("note").from(middle).newestFirst().before(middle.plusMillis(40)),
                ChangelogQuery.ALL.by(replica).table("folder").newestFirst().limit(1),
                ChangelogQuery.ALL.columns("name").limit(3),
                ChangelogQuery.ALL
                        .by(replica)
                        .columns("body")
                        .kinds(Change.Kind.UPDATE)
                        .limit(1));
    }

    @Test
    void smallAnswerReadsFewBlocksThroughIndexes() throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(database.file()))) {
            for (ChangelogQuery query : queries()) {
                try (Statements statements = new Statements(connection)) {
                    LogAccess access = LogAccess.of(statements);
                    List<Change> answer = new LogSearch(query).next(access, query.limit());

                    assertThat(answer)
                            .as(query.toString())
                            .isEqualTo(filtered(query))
                            .isNotEmpty();
                    // Two parts of single changes, and what is not summed up yet; of 100,000 changes in 2,098 blocks.
                    assertThat(access.reader().decodedBlocks())
                            .as(query.toString())
                            .isLessThanOrEqualTo(3 * 256);
                    assertThat(scans(connection, statements))
                            .as(query.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void rowNeedsNothingButItsOwnBlocks() throws SQLException {
        ChangelogQuery query =
                ChangelogQuery.ALL.row("note", edited).newestFirst().limit(5);
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(database.file()));
                Statements statements = new Statements(connection)) {
            LogAccess access = LogAccess.of(statements);
            assertThat(new LogSearch(query).next(access, query.limit())).hasSize(5);
            assertThat(access.reader().decodedBlocks()).isLessThanOrEqualTo(7);
        }
    }

    private List<Change> filtered(ChangelogQuery query) {
        Comparator<Change> order = Comparator.comparing(Change::timestamp);
        return all.stream()
                .filter(query::matches)
                .sorted(query.isNewestFirst() ? order.reversed() : order)
                .limit(query.limit())
                .toList();
    }

    /** What the plans of the statements that were run scan of the changelog and its indexes. */
    private static List<String> scans(Connection connection, Statements statements) throws SQLException {
        List<String> scans = new ArrayList<>();
        assertThat(statements.texts()).anyMatch(text -> text.contains("tm_log"));
        for (String text : new TreeSet<>(statements.texts())) {
            try (var plan = connection.createStatement().executeQuery("EXPLAIN QUERY PLAN " + text)) {
                while (plan.next()) {
                    String step = plan.getString("detail");
                    if (step.startsWith("SCAN") && !step.startsWith("SCAN tm_replica")) {
                        scans.add(step + " in " + text);
                    }
                }
            }
        }
        return scans;
    }
}
