package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.shell.MainModelFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** "Select all" selects a whole list of which only a part is loaded, without a window. */
@ExtendWith(KeptLanguage.class)
class SelectedItemsTest {
    private static final int ALL = 700;

    @TempDir
    private Path folder;

    private MainModelFixture app;
    private SelectedItems selection;

    @BeforeEach
    void fill() {
        app = MainModelFixture.in(folder);
        selection = app.list().selection();
        app.items().inTransaction(writer -> {
            IntStream.rangeClosed(1, ALL)
                    .forEach(index -> writer.add(NewItem.todo(String.format("Row %04d", ALL + 1 - index))));
            return null;
        });
        app.await("the first rows are loaded", () -> app.list().window().hasMore());
        app.await("all are counted", () -> app.list().window().totalProperty().get() == ALL);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private List<ItemRow> stored(ItemSource view) {
        return app.database().list(ItemQueries.rows(view, true));
    }

    private UUID loaded(int index) {
        return app.list().rows().get(index).id();
    }

    @Test
    void deleteTrashesLoadedAndUnloadedItemsInOneStep() {
        selection.all();
        assertThat(selection.numberProperty().get()).isEqualTo(ALL);
        app.list().commands().trashSelected();
        assertThat(stored(new ItemSource.All())).isEmpty();
        assertThat(app.toast()).isEqualTo("700 items moved to Trash");
        app.undo();
        assertThat(stored(new ItemSource.All())).hasSize(ALL);
    }

    @Test
    void laterAndDeselectedItemsAreNotChanged() {
        selection.all();
        UUID spared = loaded(5);
        List<UUID> others = app.list().rows().stream()
                .map(ItemRow::id)
                .filter(id -> !id.equals(spared))
                .toList();
        selection.choose(others, true);
        assertThat(selection.numberProperty().get()).isEqualTo(ALL - 1);
        UUID later = app.items().add(NewItem.todo("Later"));
        selection.withAll(items -> app.list().commands().setPriority(items, Priority.HIGH));
        assertThat(app.toast()).isEqualTo("Priority of 699 items changed");
        assertThat(stored(new ItemSource.All()).stream()
                        .filter(row -> row.priority() == Priority.NONE)
                        .map(ItemRow::id))
                .containsExactlyInAnyOrder(later, spared);
    }

    @Test
    void allAreCopiedInTheirOrder() {
        selection.all();
        List<String> copied = new ArrayList<>();
        app.list()
                .selection()
                .withAll(items -> items.items(app.database()::list).stream()
                        .map(each -> each.title())
                        .forEach(copied::add));
        assertThat(copied).hasSize(ALL).startsWith("Row 0001", "Row 0002").endsWith("Row 0700");
    }

    @Test
    void itemsThatLeaveTheListAreNoLongerSelected() {
        selection.all();
        List<ItemRow> rows = stored(new ItemSource.All());
        app.items().inTransaction(writer -> {
            rows.subList(0, 100).forEach(row -> writer.setDone(row.id(), true));
            return null;
        });
        app.await("those are deselected", () -> selection.numberProperty().get() == ALL - 100);
        app.list().commands().completeSelected();
        assertThat(stored(new ItemSource.Completed())).hasSize(ALL);
        app.await("none is selected", () -> selection.numberProperty().get() == 0);
        app.undo();
        assertThat(stored(new ItemSource.Completed())).hasSize(100);
    }

    @Test
    void aSingleSelectedRowReplacesAllOthers() {
        selection.all();
        UUID one = loaded(5);
        selection.choose(List.of(one), false);
        assertThat(selection.numberProperty().get()).isEqualTo(1);
        app.list().commands().trashSelected();
        assertThat(stored(new ItemSource.Trash())).extracting(ItemRow::id).containsExactly(one);
    }
}
