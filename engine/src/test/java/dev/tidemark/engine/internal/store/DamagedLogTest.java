package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If another program overwrites the changelog, applications get an engine error with a code. */
class DamagedLogTest {
    @TempDir
    Path folder;

    private void overwriteLog(String block) throws SQLException {
        try (SqliteDatabase database = new Replicas(folder, Replicas.TASKS).open("a")) {
            Replicas.run(database, "INSERT INTO note VALUES (?, 'a word')", Replicas.id());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE tm_log SET body = " + block))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x''",
                "x'00'",
                "x'0093010203'",
                "x'01'",
                "x'01ffffffff'",
                "x'0100000010ffffff'",
                "x'02'",
                "x'0200000010ffffff'"
            })
    void isCalledDamaged(String block) throws SQLException {
        overwriteLog(block);
        try (SqliteDatabase database = new Replicas(folder, Replicas.TASKS).open("a")) {
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(() -> database.changelog().list(ChangelogQuery.ALL))
                    .satisfies(damage -> assertThat(damage.problem()).isEqualTo(Problem.DATABASE_DAMAGED))
                    .withMessageStartingWith("The engine data in the database is damaged: ");
        }
    }

    @Test
    void isNoMatterForTheTables() throws SQLException {
        overwriteLog("x''");
        try (SqliteDatabase database = new Replicas(folder, Replicas.TASKS).open("a")) {
            assertThat(Replicas.column(database, "SELECT body FROM note")).containsExactly("a word");
        }
    }
}
