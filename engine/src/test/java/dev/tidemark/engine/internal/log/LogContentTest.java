package dev.tidemark.engine.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of the changelog by kind and column, which a database of an earlier version lacks. */
class LogContentTest {
    private static final int ROWS = 2_000;

    private Replicas replicas;
    private SqliteDatabase database;
    private final UUID first = Replicas.id();

    /** The oldest changes are an insert, an update and a delete of a note; then come inserts of other rows. */
    @BeforeEach
    void fill(@TempDir Path folder) {
        replicas = new Replicas(folder, Replicas.TASKS);
        database = replicas.open("a");
        Replicas.run(database, "INSERT INTO note VALUES (?, 'first')", first);
        Replicas.run(database, "UPDATE note SET body = 'second' WHERE id = ?", first);
        Replicas.run(database, "DELETE FROM note WHERE id = ?", first);
        database.write(tx -> {
            for (int row = 0; row < ROWS; row++) {
                tx.execute("INSERT INTO task(id, title) VALUES (?, ?)", Replicas.id(), "task " + row);
            }
            return true;
        });
        for (int row = 0; row < 600; row++) {
            Replicas.run(database, "INSERT INTO folder(id, name) VALUES (?, ?)", Replicas.id(), "folder " + row);
        }
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(SqliteUrl.of(database.file()));
    }

    private long blocks(ChangelogQuery query, int answers) throws SQLException {
        try (Connection connection = connect();
                Statements statements = new Statements(connection)) {
            LogAccess access = LogAccess.of(statements);
            assertThat(new LogSearch(query).next(access, 10)).hasSize(answers);
            return access.reader().decodedBlocks();
        }
    }

    @Test
    void aKindOrColumnThatOnlyTheOldestChangesHaveIsFoundWithoutReadingTheOthers() throws SQLException {
        ChangelogQuery newest = ChangelogQuery.ALL.newestFirst();
        long all = blocks(newest.table("note").kinds(Change.Kind.DELETE), 1);
        assertThat(blocks(newest.kinds(Change.Kind.DELETE), 1)).isLessThanOrEqualTo(all);
        assertThat(blocks(newest.kinds(Change.Kind.UPDATE), 1)).isLessThanOrEqualTo(all);
        assertThat(blocks(newest.columns("body"), 2)).isLessThanOrEqualTo(all);
        assertThat(blocks(newest.columns("absent"), 0)).isLessThan(all);
    }

    @Test
    void changesWithoutAnEntryAreRead() throws SQLException {
        try (Connection connection = connect();
                Statements statements = new Statements(connection)) {
            statements.update("DELETE FROM tm_log_content");
        }
        assertThat(database.changelog().list(ChangelogQuery.ALL.newestFirst().kinds(Change.Kind.DELETE)))
                .hasSize(1);
        assertThat(database.changelog().list(ChangelogQuery.ALL.columns("body")))
                .hasSize(2);
    }

    @Test
    void aDatabaseOfAnEarlierVersionGetsTheTable() throws SQLException {
        database.close();
        try (Connection connection = connect();
                Statements statements = new Statements(connection)) {
            statements.update("DROP TABLE tm_log_content");
        }
        database = replicas.open("a");
        assertThat(database.changelog().list(ChangelogQuery.ALL.kinds(Change.Kind.DELETE)))
                .hasSize(1);
        database.write(tx -> {
            for (int row = 0; row < 600; row++) {
                tx.execute("INSERT INTO note VALUES (?, 'new')", Replicas.id());
            }
            return true;
        });
        assertThat(ids("SELECT id FROM tm_log_content")).isNotEmpty();
        assertThat(database.changelog().list(ChangelogQuery.ALL.columns("body").limit(700)))
                .hasSize(602);
    }

    private List<Long> ids(String sql) throws SQLException {
        try (Connection connection = connect();
                Statements statements = new Statements(connection)) {
            return statements.list(sql, row -> row.getLong(1));
        }
    }

    @Test
    void eachPartHasOneEntryAlsoAfterGarbageCollection() throws SQLException {
        String parts = "SELECT id FROM tm_log_summary WHERE table_no = 0 ORDER BY id";
        assertThat(ids("SELECT id FROM tm_log_content ORDER BY id")).isEqualTo(ids(parts));
        database.maintenance().run(Duration.ofMinutes(1), () -> false);
        assertThat(ids("SELECT id FROM tm_log_content ORDER BY id")).isEqualTo(ids(parts));
        for (Change.Kind kind : Change.Kind.values()) {
            assertThat(database.changelog().list(ChangelogQuery.ALL.kinds(kind)))
                    .hasSize((int) Replicas.changes(database).stream()
                            .filter(change -> change.kind() == kind)
                            .count());
        }
    }
}
