package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window keeps a text that could not be saved, and saves it later. */
class UnsavedFormTest {
    @TempDir
    Path folder;

    /** What the JavaFX thread would do. */
    private final BlockingQueue<Runnable> callbacks = new LinkedBlockingQueue<>();

    private Database database;
    private DetailViewModel model;
    private UUID milk;
    private UUID lawn;
    private boolean refuses;

    @BeforeEach
    void open() throws InterruptedException {
        database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
        TransactionRunner direct = TransactionRunner.of(database);
        TransactionRunner writes = new TransactionRunner() {
            @Override
            public <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
                if (refuses) {
                    throw new ProblemException("file.unwritable", "/disk");
                }
                return direct.write(seen, work);
            }
        };
        SerialTaskRunner same = SerialTaskRunner.on(Runnable::run, callbacks::add);
        model = new DetailViewModel(
                database,
                writes,
                callbacks::add,
                same,
                new ManualScheduler(),
                ZonedDateTime::now,
                new ConflictWatch(database, same, failure -> {}),
                failure -> {});
        milk = new Items(database).add(NewItem.todo("Buy milk"));
        lawn = new Items(database).add(NewItem.todo("Mow the lawn"));
        show(milk);
    }

    @AfterEach
    void close() {
        model.close();
        database.close();
    }

    private ItemForm form() {
        return Objects.requireNonNull(model.formProperty().get());
    }

    private void show(UUID item) throws InterruptedException {
        model.show(item);
        while (model.formProperty().get() == null || !form().id().equals(item)) {
            Objects.requireNonNull(callbacks.poll(10, TimeUnit.SECONDS)).run();
        }
        callBack();
    }

    private void callBack() {
        for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
            next.run();
        }
    }

    private void end() {
        model.close();
        callBack();
    }

    private Item stored(UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    private void typeAndFail(String typed) {
        refuses = true;
        form().title().type(typed);
        model.flush();
        callBack();
        refuses = false;
    }

    @Test
    void aTextThatTheUserTookBackAfterItsSaveFailedIsNotMissedAtTheEnd() {
        typeAndFail("Buy oats");
        form().title().type("Buy milk");
        end();
        assertThat(model.unsaved()).isEmpty();
    }

    @Test
    void aTextWhoseSaveFailedStandsInTheFormAgainWhenItsItemIsOpenedAndIsSaved() throws InterruptedException {
        refuses = true;
        form().title().type("Buy oats");
        show(lawn);
        refuses = false;
        assertThat(stored(milk).title()).isEqualTo("Buy milk");
        assertThat(model.unsaved()).extracting(UnsavedTexts.Unsaved::text).containsExactly("Buy oats");

        show(milk);
        assertThat(form().title().textProperty().get()).isEqualTo("Buy oats");
        assertThat(stored(milk).title()).isEqualTo("Buy oats");
        assertThat(model.unsaved()).isEmpty();
    }

    @Test
    void aTextWhoseSaveFailedWhenItsItemWasLeftIsSavedAtTheEnd() throws InterruptedException {
        refuses = true;
        form().title().type("Buy oats");
        show(lawn);
        refuses = false;
        end();
        assertThat(stored(milk).title()).isEqualTo("Buy oats");
        assertThat(model.unsaved()).isEmpty();
    }

    @Test
    void whatCannotBeSavedAtTheEndIsLeft() throws InterruptedException {
        form().title().type("Buy oats");
        refuses = true;
        show(lawn);
        form().body().type("before noon");
        end();
        assertThat(model.unsaved())
                .containsExactlyInAnyOrder(
                        new UnsavedTexts.Unsaved(milk + " title", "Buy oats"),
                        new UnsavedTexts.Unsaved(lawn + " body", "before noon"));
    }
}
