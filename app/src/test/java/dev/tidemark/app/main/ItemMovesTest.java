package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.ManualDelays;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving rows of a list of which only the beginning is loaded. */
class ItemMovesTest {
    private static final int LOADED = 4;

    @TempDir
    Path folder;

    private Database database;
    private ItemMoves moves;
    private int from;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
        Items items = new Items(database);
        for (int number = 8; number >= 1; number--) {
            items.add(NewItem.todo(Integer.toString(number)));
        }
        UndoStack stack = new UndoStack(database, InstantSource.system());
        Background now = Background.on(Runnable::run, Runnable::run);
        Consumer<Throwable> failed = problem -> {
            throw new AssertionError(problem);
        };
        Toasts toasts = new Toasts(new ManualDelays());
        UndoViewModel undo = new UndoViewModel(stack, now, toasts, id -> {}, failed);
        ItemSteps steps =
                new ItemSteps(new Items(stack), now, undo, toasts, () -> new PurgeStatus(0, false, Map.of()), failed);
        moves = new ItemMoves(steps, new ItemMoves.Loaded() {
            @Override
            public List<ItemRow> rows() {
                return read(from, LOADED);
            }

            @Override
            public int from() {
                return from;
            }

            @Override
            public boolean isCut() {
                return true;
            }

            @Override
            public boolean isOwnOrder() {
                return true;
            }

            @Override
            public Callable<List<ItemRow>> reading(int from, int most) {
                return () -> read(from, most);
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<ItemRow> read(int from, int most) {
        ItemView all = new ItemView.All();
        return database.list(ItemQueries.rows(all, Arrangement.of(all), from, most));
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
        moves.beside(List.of(id("1")), id("4"), true);
        assertThat(order()).isEqualTo("2 3 4 1 5 6 7 8");
    }

    @Test
    void severalAreMovedThereTogether() {
        moves.beside(List.of(id("1"), id("3")), id("4"), true);
        assertThat(order()).isEqualTo("2 4 1 3 5 6 7 8");
    }

    @Test
    void theLastLoadedRowGoesDownByOne() {
        moves.by(List.of(id("4")), true);
        assertThat(order()).isEqualTo("1 2 3 5 4 6 7 8");
        moves.by(List.of(id("4")), false);
        assertThat(order()).isEqualTo("1 2 3 4 5 6 7 8");
    }

    @Test
    void theFirstLoadedRowGoesUpByOneWhereOthersStandBeforeIt() {
        from = 2;
        moves.by(List.of(id("3")), false);
        assertThat(order()).isEqualTo("1 3 2 4 5 6 7 8");
    }

    @Test
    void whatIsDroppedBeforeTheFirstLoadedRowComesDirectlyBeforeIt() {
        from = 4;
        moves.beside(List.of(id("8")), id("5"), false);
        assertThat(order()).isEqualTo("1 2 3 4 8 5 6 7");
    }
}
