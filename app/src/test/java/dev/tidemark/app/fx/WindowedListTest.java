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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowedListTest {
    private static final int ITEMS = 4_000;
    private static final int FIRST = WindowedList.FIRST;
    private static final int AROUND = WindowedList.AROUND;

    @TempDir
    private Path folder;

    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private Database database;
    private Items items;
    private LiveList<ItemRow> live;
    private WindowedList<ItemRow> window;

    @BeforeEach
    void showAllItems() throws InterruptedException {
        database = Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA);
        items = new Items(database);
        add(ITEMS);
        live = new LiveList<>(database, deliveries::add, ItemRow::id, WindowedListTest::fail);
        window = new WindowedList<>(live, database, deliveries::add, WindowedListTest::fail);
        ItemView view = new ItemView.All();
        window.show(
                (from, most) -> ItemQueries.rows(view, Arrangement.PLAIN, from, most),
                ItemQueries.count(view, Arrangement.PLAIN));
        await(() -> live.rows().size() == FIRST && window.totalProperty().get() == ITEMS);
    }

    @AfterEach
    void close() {
        window.close();
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

    private void awaitFirst(String title) throws InterruptedException {
        await(() -> live.rows().getFirst().title().equals(title));
    }

    @Test
    void whatIsAddedOnTopShowsWithoutReadingTheRest() throws InterruptedException {
        items.add(NewItem.todo("new"));
        await(() -> live.rows().getFirst().title().equals("new")
                && window.totalProperty().get() == ITEMS + 1);
        assertThat(live.rows()).hasSize(FIRST);
        assertThat(window.isCut()).isTrue();
    }

    @Test
    void followsWhoScrollsDownAndUpAgainAndHoldsNoMoreRowsOnTheWay() throws InterruptedException {
        window.scrolledTo(0.5);
        assertThat(window.from()).isZero();
        window.scrolledTo(0.9);
        await(() -> live.rows().size() == 2 * AROUND);
        assertThat(window.from()).isZero();
        int steps = 0;
        while (window.isCut()) {
            steps++;
            window.scrolledTo(0.9);
            awaitFirst("Item " + (ITEMS - 1 - window.from()));
            assertThat(live.rows()).hasSizeLessThanOrEqualTo(2 * AROUND);
        }
        assertThat(steps).isBetween(2, 6);
        assertThat(live.rows().getLast().title()).isEqualTo("Item 0");
        while (window.from() > 0) {
            window.scrolledTo(0.1);
            awaitFirst("Item " + (ITEMS - 1 - window.from()));
            assertThat(live.rows()).hasSizeLessThanOrEqualTo(2 * AROUND);
        }
        window.scrolledTo(0.6);
        window.scrolledTo(0);
        await(() -> live.rows().size() == FIRST);
        assertThat(live.rows().getFirst().title()).isEqualTo("Item " + (ITEMS - 1));
    }

    /** What was on the screen is among the new rows, so that the view can leave it where it is. */
    @Test
    void theRowsThatThePersonSeesStayWhereverTheWindowGoes() throws InterruptedException {
        window.showEnd(() -> {});
        awaitFirst("Item " + (AROUND - 1));
        String seen = live.rows().get(100).title();
        window.scrolledTo(100.0 / live.rows().size());
        await(() -> live.rows().size() == 2 * AROUND - 100);
        assertThat(live.rows().stream().map(ItemRow::title)).contains(seen);
    }

    @Test
    void theEndAndTheStartAreShownWithoutWhatLiesBetween() throws InterruptedException {
        AtomicInteger shown = new AtomicInteger();
        assertThat(window.showStart(shown::incrementAndGet)).isFalse();
        assertThat(window.showEnd(shown::incrementAndGet)).isTrue();
        await(() -> shown.get() == 1);
        assertThat(live.rows().getLast().title()).isEqualTo("Item 0");
        assertThat(live.rows()).hasSize(AROUND);
        assertThat(window.isCut()).isFalse();
        assertThat(window.showEnd(shown::incrementAndGet)).isFalse();
        add(1);
        await(() -> window.totalProperty().get() == ITEMS + 1 && live.rows().size() == AROUND + 1);
        assertThat(window.showStart(shown::incrementAndGet)).isTrue();
        await(() -> shown.get() == 2);
        assertThat(live.rows()).hasSize(FIRST);
        assertThat(live.rows().get(1).title()).isEqualTo("Item " + (ITEMS - 1));
    }

    /** Positions are in the rows that were there until the others are. */
    @Test
    void whileOtherRowsAreOnTheirWayNobodyAsksForMore() throws InterruptedException {
        window.scrolledTo(0.9);
        int from = window.from();
        window.scrolledTo(1);
        assertThat(window.from()).isEqualTo(from);
        await(() -> live.rows().size() == 2 * AROUND);
        window.scrolledTo(1);
        assertThat(window.from()).isPositive();
    }
}
