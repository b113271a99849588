package dev.tidemark.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.history.HistoryEntry.Action;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {
    private Database database;
    private Items items;

    @BeforeEach
    void open() {
        database = Database.openTemporary(LibrarySchema.SCHEMA);
        items = new Items(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<HistoryEntry> read(HistoryFilter filter, int page) {
        List<HistoryEntry> all = new ArrayList<>();
        HlcTimestamp next = null;
        do {
            HistoryReader.Page read = new HistoryReader(database).page(filter, next, page);
            all.addAll(read.entries());
            next = read.next();
        } while (next != null);
        return all;
    }

    @Test
    void pagesContinueWithoutRepeatingOrMissingATransaction() {
        for (int number = 0; number < 23; number++) {
            items.add(NewItem.todo("Item " + number));
        }
        assertThat(read(HistoryFilter.NONE, 5))
                .extracting(entry -> entry.subject().name())
                .hasSize(23)
                .doesNotHaveDuplicates()
                .startsWith("Item 22")
                .endsWith("Item 0");
    }

    @Test
    void aTransactionOfManyItemsIsOneEntryThatCanBeUndoneAsAWhole() {
        items.inTransaction(writer -> {
            for (int number = 0; number < 500; number++) {
                writer.add(NewItem.todo("Item " + number));
            }
            return true;
        });
        List<HistoryEntry> entries = read(HistoryFilter.NONE, 50);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().more()).isEqualTo(499);
        HistoryWriter writer = new HistoryWriter(database, TransactionRunner.of(database));
        assertThat(writer.undo(entries.getFirst().transaction())).isEqualTo(HistoryWriter.Outcome.ALL);
        assertThat(database.list(ItemQueries.items(null, true, false))).isEmpty();
    }

    @Test
    void anOrderIsNoEntry() {
        UUID first = items.add(NewItem.todo("First"));
        UUID second = items.add(NewItem.todo("Second"));
        items.inTransaction(writer -> {
            writer.move(List.of(second), first, null);
            return true;
        });
        assertThat(read(HistoryFilter.NONE, 50)).hasSize(2);
    }

    @Test
    void aFilterThatAcceptsNothingEnds() {
        for (int number = 0; number < 2_500; number++) {
            items.add(NewItem.todo("Item " + number));
        }
        assertThat(read(HistoryFilter.NONE.action(Action.COMPLETED), 50)).isEmpty();
    }

    @Test
    void anItemHasTheStateOfEachMoment() {
        UUID milk = items.add(NewItem.todo("Buy milk"));
        items.setTitle(milk, "Buy wine");
        items.setDone(milk, true);
        List<HistoryEntry> entries = read(HistoryFilter.NONE.item(milk), 50);
        HistoryReader reader = new HistoryReader(database);
        assertThat(entries)
                .extracting(HistoryEntry::action)
                .containsExactly(Action.COMPLETED, Action.CHANGED, Action.ADDED);
        assertThat(reader.itemAt(milk, entries.get(2).timestamp()).orElseThrow())
                .containsEntry("title", "Buy milk")
                .containsEntry("done", 0L);
        assertThat(reader.itemAt(milk, entries.get(0).timestamp()).orElseThrow())
                .containsEntry("title", "Buy wine")
                .containsEntry("done", 1L);
    }

    @Test
    void truncationIsToldWithItsDate() {
        items.add(NewItem.todo("Buy milk"));
        assertThat(new HistoryReader(database).truncatedBefore()).isEmpty();
        items.add(NewItem.todo("Buy wine"));
        long removed = database.maintenance().truncateLog(database.maintenance().safeWatermark());
        assertThat(new HistoryReader(database).truncatedBefore().isPresent()).isEqualTo(removed > 0);
    }
}
