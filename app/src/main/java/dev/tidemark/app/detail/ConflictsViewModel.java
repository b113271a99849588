package dev.tidemark.app.detail;

import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The open conflicts and the commands that resolve them on every device, each with an undo. Belongs to the thread of
 * its watch.
 */
public final class ConflictsViewModel {
    private final ConflictWatch watch;
    private final ConflictResolver choice;
    private final BiConsumer<Callable<String>, Runnable> offer;
    private final Runnable before;
    private final Supplier<ZonedDateTime> clock;
    private final ReadOnlyObjectWrapper<List<ConflictGroup>> groups = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * @param offer runs a command in the background, shows the returned message with an undo, then runs the second
     *     argument
     * @param before runs before each command on this thread: it saves what the user typed
     */
    public ConflictsViewModel(
            TransactionRunner writes,
            ConflictWatch watch,
            BiConsumer<Callable<String>, Runnable> offer,
            Runnable before,
            Supplier<ZonedDateTime> clock) {
        this.clock = clock;
        this.watch = watch;
        this.offer = offer;
        this.before = before;
        choice = new ConflictResolver(writes);
        watch.currentProperty().subscribe(now -> groups.set(now.groups()));
    }

    /** The conflicts, grouped by the row that they belong to and ordered by title. */
    public ReadOnlyObjectProperty<List<ConflictGroup>> groupsProperty() {
        return groups.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return clock.get();
    }

    void keepWinner(LosingVersion losing) {
        run(() -> choice.keepWinner(losing.conflict()), Keys.TOAST_KEPT);
    }

    void useLoser(LosingVersion losing) {
        run(() -> choice.useLoser(losing.conflict()), Keys.TOAST_USED);
    }

    void merge(LosingVersion losing, String text) {
        run(() -> choice.merge(losing.conflict(), text), Keys.TOAST_MERGED);
    }

    private void run(Runnable work, String sentence) {
        before.run();
        offer.accept(
                () -> {
                    work.run();
                    return Messages.text(sentence);
                },
                watch::refresh);
    }
}
