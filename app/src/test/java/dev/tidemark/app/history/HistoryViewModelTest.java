package dev.tidemark.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries follow the changelog while pages are read. */
class HistoryViewModelTest {
    private static final Duration SETTLED = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final ManualScheduler delays = new ManualScheduler();
    private final BlockingQueue<Runnable> batches = new LinkedBlockingQueue<>();
    private final Queue<Runnable> reads = new ArrayDeque<>();

    private void readAll() {
        while (!reads.isEmpty()) {
            reads.remove().run();
        }
    }

    @Test
    void aChangeIsShownAlthoughAnOlderPageWasRequestedBeforeItWasRead() throws Exception {
        try (Database database = Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA)) {
            Items items = new Items(database);
            for (int number = 0; number < 120; number++) {
                items.add(NewItem.todo("Item " + number));
            }
            try (HistoryViewModel model = new HistoryViewModel(
                    database,
                    TransactionRunner.of(database),
                    new HistoryViewModel.Environment(
                            batches::add,
                            SerialTaskRunner.on(reads::add, Runnable::run),
                            delays,
                            (command, done) -> {},
                            () -> {},
                            () -> ZonedDateTime.now(ZoneOffset.UTC),
                            failure -> {
                                throw new AssertionError(failure);
                            }))) {
                model.show(null);
                readAll();
                items.add(NewItem.todo("The newest"));
                Runnable batch = batches.poll(30, TimeUnit.SECONDS);
                assertThat(batch).as("the change is delivered").isNotNull();
                batch.run();
                delays.pass(SETTLED);
                model.loadMore();
                readAll();
                delays.pass(SETTLED);
                readAll();
                assertThat(model.entries().getFirst().subject().name()).isEqualTo("The newest");
            }
        }
    }
}
