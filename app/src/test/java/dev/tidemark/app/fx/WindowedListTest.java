package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowedListTest {
    private static final int ITEMS = 4_000;
    private static final int FIRST = WindowedList.FIRST;
    private static final int AROUND = WindowedList.AROUND;

    @TempDir
    private static Path template;

    @TempDir
    private Path folder;

    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private Database database;
    private Items items;
    private LiveList<ItemRow> live;
    private final ManualScheduler delays = new ManualScheduler();
    private final List<Throwable> problems = new ArrayList<>();
    private WindowedList<ItemRow> window;
    private boolean broken;

    /** Each test opens a copy: adding thousands of items takes longer than any of them. */
    @BeforeAll
    static void fill() {
        try (Database full = Database.open(template.resolve("library.db"), LibrarySchema.SCHEMA)) {
            add(new Items(full), ITEMS);
        }
    }

    @BeforeEach
    void showAllItems() throws Exception {
        database = Database.open(
                Files.copy(template.resolve("library.db"), folder.resolve("library.db")), LibrarySchema.SCHEMA);
        items = new Items(database);
        live = new LiveList<>(database, deliveries::add, ItemRow::id, this::failed);
        window = new WindowedList<>(live, database, deliveries::add, delays, this::failed);
        ItemSource view = new ItemSource.All();
        window.show(
                (from, most) -> broken
                        ? Query.of("SELECT i.id FROM item i, nothing LIMIT " + most + " OFFSET " + from)
                                .map(row -> {
                                    throw new AssertionError("There is no such table");
                                })
                        : ItemQueries.rows(view, ViewOptions.DEFAULT, from, most),
                ItemQueries.count(view, ViewOptions.DEFAULT),
                0,
                () -> {});
        await(() -> live.rows().size() == FIRST && window.totalProperty().get() == ITEMS);
    }

    @AfterEach
    void close() {
        window.close();
        database.close();
    }

    private void add(int number) {
        add(items, number);
    }

    private static void add(Items items, int number) {
        items.inTransaction(writer -> {
            for (int item = 0; item < number; item++) {
                writer.add(NewItem.todo("Item " + item));
            }
            return null;
        });
    }

    private void failed(Throwable problem) {
        if (!broken) {
            throw new AssertionError(problem);
        }
        problems.add(problem);
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
        assertThat(window.hasMore()).isTrue();
    }

    @Test
    void followsWhoScrollsDownAndUpAgainAndHoldsNoMoreRowsOnTheWay() throws InterruptedException {
        window.scrolledTo(0.3);
        assertThat(window.from()).isZero();
        window.scrolledTo(0.9);
        await(() -> live.rows().size() == 2 * AROUND);
        assertThat(window.from()).isZero();
        int steps = 0;
        while (window.hasMore()) {
            steps++;
            int before = window.from();
            window.scrolledTo(0.9);
            await(() -> window.from() > before);
            assertThat(live.rows().getFirst().title()).isEqualTo("Item " + (ITEMS - 1 - window.from()));
            assertThat(live.rows()).hasSizeLessThanOrEqualTo(2 * AROUND);
        }
        assertThat(steps).isBetween(2, ITEMS / AROUND + 1);
        assertThat(live.rows().getLast().title()).isEqualTo("Item 0");
        while (window.from() > 0) {
            int before = window.from();
            window.scrolledTo(0.1);
            await(() -> window.from() < before);
            assertThat(live.rows().getFirst().title()).isEqualTo("Item " + (ITEMS - 1 - window.from()));
            assertThat(live.rows()).hasSizeLessThanOrEqualTo(2 * AROUND);
        }
        window.scrolledTo(0.6);
        window.scrolledTo(0);
        await(() -> live.rows().size() == FIRST);
        assertThat(live.rows().getFirst().title()).isEqualTo("Item " + (ITEMS - 1));
    }

    @Test
    void whereverSomebodyIsManyRowsMayArriveAboveAndWhatIsSeenStays() throws InterruptedException {
        for (double place : List.of(0.0, 0.33, 0.34, 0.6, 0.99)) {
            int at = (int) (place * live.rows().size());
            String seen = live.rows().get(at).title();
            window.scrolledTo(place);
            boolean goesAlong = at > FIRST - WindowedList.NEAR;
            await(() -> live.rows().size() == (goesAlong ? 2 * AROUND : FIRST));
            int total = window.totalProperty().get();
            add(WindowedList.NEAR);
            await(() -> window.totalProperty().get() == total + WindowedList.NEAR
                    && live.rows().getFirst().title().equals("Item " + (WindowedList.NEAR - 1)));
            assertThat(live.rows().stream().map(ItemRow::title))
                    .as("at " + place)
                    .contains(seen);
            window.scrolledTo(0.5);
            window.scrolledTo(0);
            await(() -> live.rows().size() == FIRST);
        }
    }

    @Test
    void whoGoesBackAndForthWhereTheFirstRowsAreNoLongerEnoughHasNothingReadAgain() throws InterruptedException {
        window.scrolledTo(0.4);
        await(() -> live.rows().size() == 2 * AROUND);
        for (int at = 130; at > 50; at--) {
            window.scrolledTo((double) at / live.rows().size());
            window.scrolledTo(130.0 / live.rows().size());
        }
        assertThat(window.limit()).isEqualTo(2 * AROUND);
        window.scrolledTo(0);
        await(() -> live.rows().size() == FIRST);
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
        assertThat(window.hasMore()).isFalse();
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
        window.scrolledTo(1);
        await(() -> live.rows().size() == 2 * AROUND);
        assertThat(window.from()).isZero();
        window.scrolledTo(1);
        await(() -> window.from() > 0);
    }

    @Test
    void rowsThatCouldNotBeReadAreAskedForAgainByTheNextScrollAfterAPause() throws InterruptedException {
        window.scrolledTo(0.9);
        await(() -> live.rows().size() == 2 * AROUND);
        broken = true;
        window.scrolledTo(0.9);
        await(() -> problems.size() == 1);
        assertThat(window.from()).isZero();
        assertThat(live.rows()).hasSize(2 * AROUND);
        for (int scroll = 0; scroll < 100; scroll++) {
            window.scrolledTo(0.9 + scroll / 1_000.0);
        }
        delays.pass(WindowedList.PAUSE);
        assertThat(deliveries).isEmpty();
        window.scrolledTo(0.95);
        window.scrolledTo(0.96);
        await(() -> problems.size() == 2);
        assertThat(deliveries).isEmpty();
        delays.pass(WindowedList.PAUSE);
        broken = false;
        window.scrolledTo(0.95);
        await(() -> window.from() > 0);
        assertThat(live.rows().getFirst().title()).isEqualTo("Item " + (ITEMS - 1 - window.from()));
        window.scrolledTo(0.9);
        int before = window.from();
        await(() -> window.from() > before);
        assertThat(problems).hasSize(2);
    }

    /** Until then they are followed no longer, and who scrolls back is near no end. */
    @Test
    void whoScrollsBackAfterRowsCouldNotBeReadSeesWhatChangesThere() throws InterruptedException {
        broken = true;
        window.scrolledTo(0.9);
        await(() -> problems.size() == 1);
        delays.pass(WindowedList.PAUSE);
        broken = false;
        window.scrolledTo(0.4);
        await(() -> live.rows().size() == 2 * AROUND);
        items.add(NewItem.todo("new"));
        awaitFirst("new");
    }

    @Test
    void theEndThatCouldNotBeReadIsShownByTheNextScroll() throws InterruptedException {
        AtomicInteger shown = new AtomicInteger();
        broken = true;
        assertThat(window.showEnd(shown::incrementAndGet)).isTrue();
        await(() -> problems.size() == 1);
        delays.pass(WindowedList.PAUSE);
        broken = false;
        window.scrolledTo(0.1);
        await(() -> shown.get() == 1);
        assertThat(live.rows().getLast().title()).isEqualTo("Item 0");
    }
}
