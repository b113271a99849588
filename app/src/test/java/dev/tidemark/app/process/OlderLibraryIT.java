package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Tag;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This version opens a library of the version that did not count items per tag yet. */
@Proof
class OlderLibraryIT {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeIt() {
        file = folder.resolve("tidemark.db");
        OlderLibrary.write(file);
    }

    /** What the sidebar shows. */
    private static Map<String, Integer> counted(Database database) {
        return database.list(SidebarQueries.tags()).stream()
                .collect(Collectors.toMap(Tag::name, Tag::open, Integer::sum, TreeMap::new));
    }

    /** The same, from every item. */
    private static Map<String, Integer> expected(Database database) {
        return database
                .list(Query.of("SELECT t.name AS id, count(*) FILTER (WHERE i.done = 0) AS open"
                        + " FROM tag t JOIN item i ON i.id = t.item_id WHERE i.trashed = 0 GROUP BY t.name"))
                .stream()
                .collect(Collectors.toMap(
                        row -> String.valueOf(row.text("id")),
                        row -> (int) row.integer("open"),
                        Integer::sum,
                        TreeMap::new));
    }

    @Test
    void theCountsAreRightAtOnceAndAfterChanges() {
        try (Database database = Database.open(file, LibrarySchema.SCHEMA)) {
            assertThat(counted(database)).hasSize(8).isEqualTo(expected(database));
            // Of ten, eight have a tag and one of these is in the trash; of the others, every third is done.
            assertThat(counted(database).get("all")).isBetween(4_600, 4_700);
            List<Item> some = database.list(ItemQueries.items(null, true, false)).stream()
                    .limit(200)
                    .toList();
            new Items(database).inTransaction(writer -> {
                for (int index = 0; index < some.size(); index++) {
                    Item item = some.get(index);
                    switch (index % 4) {
                        case 0 -> writer.setDone(item.id(), !item.done());
                        case 1 -> writer.setTrashed(item.id(), true);
                        case 2 -> writer.purge(item.id());
                        default -> writer.setTags(item.id(), List.of("new", "tag1"));
                    }
                }
                return some.size();
            });
            assertThat(counted(database)).containsKey("new").isEqualTo(expected(database));
        }
    }

    @Test
    void anUpgradeThatIsKilledInTheMiddleIsMadeAnew() throws IOException {
        String before = dump();
        for (int kill = 0; kill < 2; kill++) {
            try (TidemarkProcess process = TidemarkProcess.program(UpgradingProgram.class, file.toString())) {
                assertThat(process.readLine()).isEqualTo("in the middle");
                process.kill();
                assertThat(process.readLine()).isNull();
            }
        }
        assertThat(dump()).as("the older version still opens it").isEqualTo(before);
        try (Database database = Database.open(file, LibrarySchema.SCHEMA)) {
            assertThat(counted(database)).hasSize(8).isEqualTo(expected(database));
        }
    }

    private String dump() {
        try (Database database = Database.open(file, OlderLibrary.schema(() -> {}, false))) {
            return database.dump();
        }
    }
}
