package dev.tidemark.engine.internal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.EngineTables;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A migration compares all rows only after steps that may have changed them. */
class MigrationChangeDetectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        false | ALTER TABLE item ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'
        false | CREATE TABLE other(x); CREATE INDEX i ON item(title)
        true  | UPDATE item SET title = title
        true  | DELETE FROM item
        true  | INSERT INTO item SELECT x'01', ''
        true  | DROP TABLE item; CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT)
        true  | ALTER TABLE item RENAME TO o; ALTER TABLE twin RENAME TO item
        """)
    void rowsAreLookedAtOnlyIfAStepMayHaveChangedThem(boolean mayDiffer, String step) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                Statements statements = new Statements(connection)) {
            for (String sql : EngineTables.statements()) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("""
                CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT); INSERT INTO item VALUES (x'00', 'a');
                CREATE TABLE twin(id BLOB PRIMARY KEY NOT NULL, title TEXT); INSERT INTO twin VALUES (x'02', 'b')\
                """);
            NameDictionary names = new NameDictionary(connection);
            Catalog before = Catalog.readShapes(connection, Set.of("item"), names);
            MigrationChangeDetector footprint = new MigrationChangeDetector(statements, before);
            statement.executeUpdate(step);
            footprint.afterStep();
            // Names of new columns are stored: that is not the step's work.
            SyncedTable after =
                    Catalog.readShapes(connection, Set.of("item"), names).named("item");
            assertThat(footprint.mayDiffer(after)).isEqualTo(mayDiffer);
        }
    }
}
