package dev.tidemark.engine.internal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Schema.Tables;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A step in Java binds parameters as a transaction does. */
class StepTablesTest {
    private static final String TEXT_IDS = "CREATE TABLE note(id TEXT PRIMARY KEY NOT NULL, title TEXT)";
    private static final String BLOB_IDS = "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)";

    private final UUID one = Ids.next();
    private final UUID two = Ids.next();

    private static List<String> after(String create, Consumer<Tables> step) {
        Schema schema = Schema.builder()
                .migration("notes", create)
                .migration("rows", step::accept)
                .synced("note")
                .build();
        try (Database database = Database.openTemporary(schema)) {
            return database.list(Query.of("SELECT typeof(id) || ' ' || title AS row FROM note ORDER BY title")
                    .map(row -> row.text("row")));
        }
    }

    private void insertBoth(Tables tables) {
        tables.execute("INSERT INTO note VALUES (?, ?)", one, "one");
        tables.execute("INSERT INTO note VALUES (:id, :title)", Map.of("id", two, "title", "two"));
    }

    @Test
    void idsAreTextWhereAllSyncedTablesHaveTextIds() {
        assertThat(after(TEXT_IDS, this::insertBoth)).containsExactly("text one", "text two");
        assertThat(after(BLOB_IDS, this::insertBoth)).containsExactly("blob one", "blob two");
    }

    @Test
    void aTableThatTheStepCreatesCounts() {
        assertThat(after("CREATE TABLE local(id BLOB PRIMARY KEY)", tables -> {
                    tables.execute("INSERT INTO local VALUES (?)", one);
                    tables.execute(TEXT_IDS);
                    insertBoth(tables);
                }))
                .containsExactly("text one", "text two");
    }

    @Test
    void queriesFindRowsByTextIds() {
        assertThat(after(TEXT_IDS, tables -> {
                    insertBoth(tables);
                    assertThat(tables.list(Query.of("SELECT title FROM note WHERE id = ?", one)
                                    .map(row -> row.text("title"))))
                            .containsExactly("one");
                }))
                .hasSize(2);
    }

    @Test
    void aCollectionIsAListForIn() {
        assertThat(after(TEXT_IDS, tables -> {
                    insertBoth(tables);
                    assertThat(tables.execute("UPDATE note SET title = ? WHERE id IN (?)", "new", List.of(one, two)))
                            .isEqualTo(2);
                    assertThat(tables.execute("DELETE FROM note WHERE id IN (?)", List.of()))
                            .isZero();
                }))
                .containsExactly("text new", "text new");
    }

    @Test
    void aParameterWithoutAPlaceIsRefused() {
        assertThatThrownBy(() -> after(
                        BLOB_IDS, tables -> tables.execute("DELETE FROM note WHERE id IN (?)", List.of(one), "title")))
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining("parameter");
    }
}
