package dev.tidemark.app.list;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does to items what the person asks for, in the order asked for; each is one transaction, and one step that can be taken
 * back. Belongs to the thread of the callbacks of its background.
 */
public final class UndoableItemWriter {
    private final Items items;
    private final SerialTaskRunner background;
    private final UndoViewModel undo;
    private final Toasts toasts;
    private final Supplier<PurgeStatus> purges;
    private final Consumer<Throwable> failed;

    /**
     * @param purges which devices still have what was deleted for good
     * @param failed takes what goes wrong
     */
    public UndoableItemWriter(
            Items items,
            SerialTaskRunner background,
            UndoViewModel undo,
            Toasts toasts,
            Supplier<PurgeStatus> purges,
            Consumer<Throwable> failed) {
        this.purges = purges;
        this.items = items;
        this.background = background;
        this.undo = undo;
        this.toasts = toasts;
        this.failed = failed;
    }

    /** Does what is seen at once, so that nothing has to be said of it. */
    void run(Consumer<ItemWriter> work) {
        run(work, () -> {}, () -> {});
    }

    /**
     * The same.
     *
     * @param saved called once it is in the database, on the thread that writes
     * @param refused called if it goes wrong
     */
    void run(Consumer<ItemWriter> work, Runnable saved, Runnable refused) {
        background.run(
                () -> {
                    items.inTransaction(writer -> {
                        work.accept(writer);
                        return true;
                    });
                    saved.run();
                    return true;
                },
                done -> {},
                failure -> {
                    refused.run();
                    failed.accept(failure);
                });
    }

    /** Does what returns a sentence about it, {@code null} if there was nothing to do, and says that with a way back. */
    void offer(Function<ItemWriter, @Nullable String> work) {
        undo.offerIfAny(() -> items.inTransaction(work), () -> {});
    }

    /** Deletes for good those that this finds, which cannot be taken back, and says so. */
    void purge(Function<ItemWriter, List<UUID>> which) {
        background.run(() -> purged(items.purge(which)), toasts::say, failed);
    }

    /** Says where the items still are, too. */
    private String purged(int number) {
        String deleted = Messages.text(Keys.TOAST_PURGED_SEVERAL, number);
        PurgeStatus status = purges.get();
        if (!status.waiting().isEmpty()) {
            return Messages.text(
                    Keys.TOAST_PURGED_WAITS,
                    deleted,
                    String.join(", ", status.waiting().keySet()));
        }
        return Messages.text(status.stored() ? Keys.TOAST_PURGED_STAYS_SYNCED : Keys.TOAST_PURGED_STAYS, deleted);
    }

    /** Reads after all that was asked for before. */
    <T> void read(Callable<T> reading, Consumer<T> found) {
        read(reading, found, () -> {});
    }

    /** The same, and calls this if it goes wrong. */
    <T> void read(Callable<T> reading, Consumer<T> found, Runnable refused) {
        background.run(reading, found, failure -> {
            refused.run();
            failed.accept(failure);
        });
    }

    /** Says a sentence that cannot be taken back. */
    void say(String sentence) {
        toasts.say(sentence);
    }
}
