package dev.tidemark.engine.internal.capture;

import static dev.tidemark.engine.internal.store.Replicas.run;
import static dev.tidemark.engine.internal.store.Replicas.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage to open versions of a row and to the marks of what a write has seen is found, and nothing is repaired from it.
 */
class StateCheckTest {
    @TempDir
    private Path folder;

    private Replicas replicas;
    private final UUID edited = Replicas.id();
    private final UUID deleted = Replicas.id();
    private final UUID other = Replicas.id();

    @BeforeEach
    void makeConflicts() {
        replicas = new Replicas(folder, Replicas.TASKS);
        SqliteDatabase here = replicas.open("here");
        SqliteDatabase there = replicas.open("there");
        there.adoptLibrary(here.library());
        for (UUID task : List.of(edited, deleted, other)) {
            run(here, "INSERT INTO task(id, title) VALUES (?, 'Task')", task);
        }
        sync(here, there);
        run(here, "UPDATE task SET title = 'Here' WHERE id = ?", edited);
        run(there, "UPDATE task SET title = 'There' WHERE id = ?", edited);
        run(here, "DELETE FROM task WHERE id = ?", deleted);
        run(there, "UPDATE task SET title = 'There' WHERE id = ?", deleted);
        sync(here, there);
        assertThat(here.conflicts()).hasSize(2);
        assertThat(here.maintenance().check().isSound()).isTrue();
        here.close();
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + replicas.file("here"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private void requireFound(UUID row) {
        SqliteDatabase here = replicas.open("here");
        String before = here.dump();
        assertThat(String.join("\n", here.maintenance().check().damage()))
                .contains("The state of row " + row + " of task does not agree with its changes");
        assertThat(here.maintenance().repair().damage()).isNotEmpty();
        assertThat(here.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time = time + 65536",
                "clock_offset = clock_offset + 1",
                "sequence = sequence + 1",
                "cell = cell + 1",
                "replica_no = 3 - replica_no",
                "value = CAST(substr(value, 1, length(value) - 1) || 'x' AS BLOB)"
            })
    void anOpenVersionThatDiffersFromItsChangeIsFound(String change) throws SQLException {
        damage("UPDATE tm_sibling SET " + change + " WHERE id = x'" + hex(edited) + "'");
        requireFound(edited);
    }

    @Test
    void anOpenVersionUnderAnotherRowIsFoundAtBoth() throws SQLException {
        damage("UPDATE tm_sibling SET id = x'" + hex(other) + "' WHERE id = x'" + hex(edited) + "'");
        requireFound(other);
        replicas.close();
        replicas = new Replicas(folder, Replicas.TASKS);
        requireFound(edited);
    }

    @Test
    void anOpenVersionThatIsGoneIsFound() throws SQLException {
        damage("DELETE FROM tm_sibling WHERE id = x'" + hex(edited) + "'");
        requireFound(edited);
    }

    /** The mark decides whether the delete and the edit are a conflict. */
    @ParameterizedTest
    @ValueSource(ints = {8, 32})
    void aFlagThatDoesNotFollowFromTheMarksIsFound(int flag) throws SQLException {
        damage("UPDATE tm_row SET status = (status | " + flag + ") - (status & " + flag + ") WHERE id = x'"
                + hex(flag == 8 ? deleted : edited) + "'");
        requireFound(flag == 8 ? deleted : edited);
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }
}
