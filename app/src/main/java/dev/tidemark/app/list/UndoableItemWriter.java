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
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on items in the order of the calls, each as one transaction and one undo step. Belongs to the thread
 * that runs the callbacks of {@code background}.
 *
 * @param purges finds the devices that still have purged items
 * @param beforeLargeTrash creates a checkpoint before many items move to the trash, and receives their number. If this
 *     fails, no item moves
 */
public record UndoableItemWriter(
        Items items,
        SerialTaskRunner background,
        UndoViewModel undo,
        Toasts toasts,
        Supplier<PurgeStatus> purges,
        IntConsumer beforeLargeTrash,
        Consumer<Throwable> failed) {
    /** The smallest number of items that get a checkpoint before they move to the trash. */
    static final int LARGE_TRASH = 100;

    /** Runs a command without a message, because the user sees the effect. */
    void run(Consumer<ItemWriter> work) {
        run(work, () -> {}, () -> {});
    }

    /**
     * Runs a command without a message.
     *
     * @param saved called after the commit, on the writing thread
     * @param refused called if the command fails
     */
    void run(Consumer<ItemWriter> work, Runnable saved, Runnable refused) {
        read(
                () -> {
                    items.inTransaction(writer -> {
                        work.accept(writer);
                        return true;
                    });
                    saved.run();
                    return true;
                },
                done -> {},
                refused);
    }

    /**
     * Runs a command and shows the message that it returns, with an undo button. If the command returns {@code null},
     * shows nothing.
     */
    void runWithUndo(Function<ItemWriter, @Nullable String> work) {
        undo.runWithUndoIfChanged(() -> items.inTransaction(work), () -> {});
    }

    /**
     * Moves the items that {@code which} returns to the trash and shows a message with an undo button. Creates a
     * checkpoint first if there are at least {@link #LARGE_TRASH}.
     */
    void trash(Function<ItemWriter, List<UUID>> which, Function<Integer, String> sentence) {
        undo.runWithUndoIfChanged(
                () -> {
                    List<UUID> ids = items.inTransaction(which);
                    if (ids.isEmpty()) {
                        return null;
                    }
                    if (ids.size() >= LARGE_TRASH) {
                        beforeLargeTrash.accept(ids.size());
                    }
                    return items.inTransaction(writer -> {
                        ids.forEach(id -> writer.setTrashed(id, true));
                        return sentence.apply(ids.size());
                    });
                },
                () -> {});
    }

    /** Purges the items that {@code which} returns, and shows a message without undo. */
    void purge(Function<ItemWriter, List<UUID>> which) {
        background.run(() -> purged(items.purge(which)), toasts::showMessage, failed);
    }

    /** Returns the message after a purge, with the names of the devices that still have the items. */
    private String purged(int number) {
        String deleted = Messages.text(Keys.TOAST_PURGED_SEVERAL, number);
        PurgeStatus status = purges.get();
        if (!status.waiting().isEmpty()) {
            return Messages.text(
                    Keys.TOAST_PURGED_WAITS,
                    deleted,
                    String.join(", ", status.waiting().keySet()));
        }
        return status.stored() ? Messages.text(Keys.TOAST_PURGED_SYNCED, deleted) : deleted;
    }

    /** Reads after all earlier commands. */
    <T> void read(Callable<T> reading, Consumer<T> found) {
        read(reading, found, () -> {});
    }

    /**
     * Reads in the background after all earlier commands.
     *
     * @param refused called if the read fails
     */
    <T> void read(Callable<T> reading, Consumer<T> found, Runnable refused) {
        background.run(reading, found, failure -> {
            refused.run();
            failed.accept(failure);
        });
    }

    /** Shows a message without an undo button. */
    void showMessage(String sentence) {
        toasts.showMessage(sentence);
    }
}
