package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving rows of a list of which only the first rows are loaded. */
class ItemReorderingTest {
    private static final int LOADED = 4;

    @TempDir
    Path folder;

    private Database database;
    private ItemReordering moves;
    private int from;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
        Items items = new Items(database);
        for (int number = 8; number >= 1; number--) {
            items.add(NewItem.todo(Integer.toString(number)));
        }
        UndoStack stack = new UndoStack(database, InstantSource.system());
        SerialTaskRunner now = SerialTaskRunner.on(Runnable::run, Runnable::run);
        Consumer<Throwable> failed = problem -> {
            throw new AssertionError(problem);
        };
        Toasts toasts = new Toasts(new ManualScheduler());
        UndoViewModel undo = new UndoViewModel(stack, now, toasts, id -> {}, failed);
        UndoableItemWriter steps = new UndoableItemWriter(
                new Items(stack), now, undo, toasts, () -> new PurgeStatus(0, false, Map.of()), number -> {}, failed);
        moves = new ItemReordering(
                steps,
                new ItemReordering.LoadedRows(
                        () -> read(from, LOADED),
                        () -> from,
                        () -> true,
                        () -> true,
                        (start, most) -> () -> read(start, most)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<ItemRow> read(int from, int most) {
        ItemSource all = new ItemSource.All();
        return database.list(ItemQueries.rows(all, ViewOptions.of(all), from, most));
    }

    private String order() {
        return String.join(" ", read(0, 100).stream().map(ItemRow::title).toList());
    }

    private UUID id(String title) {
        return read(0, 100).stream()
                .filter(row -> row.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void whatIsDroppedBehindTheLastLoadedRowComesDirectlyAfterIt() {
        moves.moveBeside(List.of(id("1")), id("4"), true);
        assertThat(order()).isEqualTo("2 3 4 1 5 6 7 8");
    }

    @Test
    void severalAreMovedThereTogether() {
        moves.moveBeside(List.of(id("1"), id("3")), id("4"), true);
        assertThat(order()).isEqualTo("2 4 1 3 5 6 7 8");
    }

    @Test
    void theLastLoadedRowGoesDownByOne() {
        moves.moveBy(List.of(id("4")), true);
        assertThat(order()).isEqualTo("1 2 3 5 4 6 7 8");
        moves.moveBy(List.of(id("4")), false);
        assertThat(order()).isEqualTo("1 2 3 4 5 6 7 8");
    }

    @Test
    void theFirstLoadedRowGoesUpByOneWhereOthersStandBeforeIt() {
        from = 2;
        moves.moveBy(List.of(id("3")), false);
        assertThat(order()).isEqualTo("1 3 2 4 5 6 7 8");
    }

    @Test
    void whatIsDroppedBeforeTheFirstLoadedRowComesDirectlyBeforeIt() {
        from = 4;
        moves.moveBeside(List.of(id("8")), id("5"), false);
        assertThat(order()).isEqualTo("1 2 3 4 8 5 6 7");
    }
}
