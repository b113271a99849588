package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.history.Conflict;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gets who wants what lost. */
class ConflictChoiceTest {
    @TempDir
    private Path folder;

    private static void set(Database database, UUID item, String column, Object value) {
        database.write(tx -> tx.execute("UPDATE item SET " + column + " = ? WHERE id = ?", value, item));
    }

    @Test
    void whatLostComesBackWhateverColumnItIsIn() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            List<String> columns = devices.laptop()
                    .list(Query.of("SELECT cid AS id, name FROM pragma_table_info('item') WHERE name <> 'id'")
                            .map(row -> Objects.requireNonNull(row.text("name"))));
            assertThat(columns).contains("title", "priority", "due");
            for (String column : columns) {
                UUID item = new Items(devices.laptop()).add(NewItem.todo("Buy milk"));
                devices.sync();
                Object lost = switch (column) {
                    case "done", "trashed", "priority", "created_at" -> 3L;
                    default -> "lost";
                };
                set(devices.laptop(), item, column, lost);
                set(devices.phone(), item, column, lost instanceof Long ? 2L : "won");
                devices.sync();
                Conflict conflict = devices.laptop().conflicts().getFirst();
                assertThat(conflict.loser().value()).as(column).isEqualTo(lost);
                new ConflictChoice(Writes.into(devices.laptop())).useLoser(conflict);
                devices.sync();
                assertThat(devices.phone().conflicts()).as(column).isEmpty();
                Object stored = devices.phone()
                        .list(Query.of("SELECT id, " + column + " AS value FROM item WHERE id = ?", item)
                                .map(row -> lost instanceof Long ? row.integer("value") : row.text("value")))
                        .getFirst();
                assertThat(stored).as(column).isEqualTo(lost);
            }
        }
    }
}
