package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingListTest {
    private static final int ITEMS = 1_200;
    private static final int FIRST = 1_000;

    @TempDir
    private Path folder;

    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private Database database;
    private Items items;
    private LiveList<ItemRow> live;
    private GrowingList<ItemRow> growing;

    @BeforeEach
    void showAllItems() throws InterruptedException {
        database = Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA);
        items = new Items(database);
        add(ITEMS);
        live = new LiveList<>(database, deliveries::add, ItemRow::id, GrowingListTest::fail);
        growing = new GrowingList<>(live, database, deliveries::add, GrowingListTest::fail);
        ItemView view = new ItemView.All();
        growing.show(
                limit -> ItemQueries.rows(view, Arrangement.PLAIN, limit), ItemQueries.count(view, Arrangement.PLAIN));
        await(() -> live.rows().size() == FIRST && growing.totalProperty().get() == ITEMS);
    }

    @AfterEach
    void close() {
        growing.close();
        database.close();
    }

    private void add(int number) {
        items.together(writer -> {
            for (int item = 0; item < number; item++) {
                writer.add(NewItem.todo("Item " + item));
            }
            return null;
        });
    }

    private static void fail(Throwable problem) {
        throw new AssertionError(problem);
    }

    /** This thread is the one that the list belongs to. */
    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable delivery = deliveries.poll(20, TimeUnit.SECONDS);
            assertThat(delivery).as("something is still delivered").isNotNull();
            delivery.run();
        }
    }

    @Test
    void whatIsAddedOnTopShowsWithoutReadingTheRest() throws InterruptedException {
        items.add(NewItem.todo("new"));
        await(() -> live.rows().getFirst().title().equals("new")
                && growing.totalProperty().get() == ITEMS + 1);
        assertThat(live.rows()).hasSize(FIRST);
        assertThat(growing.isCut()).isTrue();
    }

    @Test
    void takesMoreNearTheEndAndLetsGoOfItAtTheTop() throws InterruptedException {
        growing.scrolledTo(0.5);
        assertThat(growing.isCut()).isTrue();
        growing.scrolledTo(0.9);
        await(() -> live.rows().size() == ITEMS);
        assertThat(growing.isCut()).isFalse();
        assertThat(live.rows().getLast().title()).isEqualTo("Item 0");
        growing.scrolledTo(0.6);
        growing.scrolledTo(0);
        await(() -> live.rows().size() == FIRST);
    }

    /** The view says where it stands also when nobody has scrolled. */
    @Test
    void keepsAllRowsThatWereAskedForUntilThePersonHasBeenAway() throws InterruptedException {
        assertThat(growing.showAll()).isTrue();
        growing.scrolledTo(0);
        await(() -> live.rows().size() == ITEMS);
        growing.scrolledTo(0);
        assertThat(growing.isCut()).isFalse();
        assertThat(growing.showAll()).isFalse();
        add(1);
        await(() -> live.rows().size() == ITEMS + 1);
    }
}
