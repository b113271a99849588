package dev.tidemark.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undoing the deletion of a list in the history brings it back with its items, also on another device. */
class DeletedListTest {
    @TempDir
    private Path folder;

    private static List<String> itemsOf(Database database, UUID list) {
        return database.list(ItemQueries.items(list, true, false)).stream()
                .map(Item::title)
                .sorted()
                .toList();
    }

    private static HistoryEntry deletion(Database database) {
        HistoryFilter deleted = HistoryFilter.NONE.action(HistoryEntry.Action.DELETED);
        return new HistoryReader(database).page(deleted, null, 10).entries().getFirst();
    }

    @Test
    void aListDeletedOnAnotherDeviceReturnsWithItsColourAndItemsExceptThoseMovedSince() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            Lists lists = new Lists(devices.laptop());
            UUID garden = lists.add("Garden");
            lists.setColor(garden, "green");
            Items items = new Items(devices.laptop());
            items.add(NewItem.todo("Prune the roses").inList(garden));
            items.add(NewItem.todo("Buy seeds").inList(garden));
            UUID fence = items.add(NewItem.todo("Paint the fence").inList(garden));
            devices.sync();
            new Lists(devices.phone()).delete(garden);
            devices.sync();
            items.setList(fence, lists.add("Home"));
            UUID late = items.add(NewItem.todo("Water the lawn"));

            HistoryEntry deletion = deletion(devices.laptop());
            assertThat(deletion.subject().name()).isEqualTo("Garden");
            assertThat(new HistoryWriter(devices.laptop(), TransactionRunner.of(devices.laptop()))
                            .undo(deletion.transaction()))
                    .isEqualTo(HistoryWriter.Outcome.ALL);
            devices.sync();
            assertThat(devices.phone().list(SidebarQueries.lists()))
                    .filteredOn(list -> list.id().equals(garden))
                    .extracting(ItemList::name, ItemList::color, ItemList::open)
                    .containsExactly(tuple("Garden", "green", 2));
            assertThat(itemsOf(devices.phone(), garden)).containsExactly("Buy seeds", "Prune the roses");
            assertThat(devices.phone().one(ItemQueries.item(late)).list()).isNull();
            assertThat(devices.phone().conflicts()).isEmpty();
        }
    }
}
