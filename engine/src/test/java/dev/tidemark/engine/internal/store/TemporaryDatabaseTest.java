package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryDatabaseTest {
    private static final Schema NOTES = Schema.builder()
            .migration("notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("note")
            .build();

    @Test
    void itIsEmptySyncsLikeAnyOtherAndLeavesNothing() {
        Path folder;
        try (Database one = Database.openTemporary(NOTES);
                Database other = Database.openTemporary(NOTES)) {
            folder = one.file().getParent();
            assertThat(one.list(Query.of("SELECT * FROM note"))).isEmpty();
            one.write(tx -> tx.execute("INSERT INTO note VALUES (?, 'milk')", Ids.next()));
            SyncEngine.sync(one.changelog(), other.changelog());
            assertThat(other.dump()).isEqualTo(one.dump()).contains("milk");
            assertThat(folder).isDirectory();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void aSchemaThatDoesNotFitIsRefused() {
        Schema wrong = Schema.builder()
                .migration("no id", "CREATE TABLE note(title TEXT)")
                .synced("note")
                .build();
        assertThatThrownBy(() -> Database.openTemporary(wrong)).isInstanceOf(Database.OpenException.class);
    }
}
