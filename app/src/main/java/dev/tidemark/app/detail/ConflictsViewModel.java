package dev.tidemark.app.detail;

import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * All open conflicts, and the ways to end one; whatever ends one ends it on every device, and is said with a way to take it back.
 * Belongs to the thread of its watch.
 */
public final class ConflictsViewModel {
    private final ConflictWatch watch;
    private final ConflictResolver choice;
    private final BiConsumer<Callable<String>, Runnable> offer;
    private final Runnable before;
    private final ReadOnlyObjectWrapper<List<ConflictGroup>> groups = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * @param writes where commands write
     * @param offer runs a command in the background, says the sentence that it returns with a way to take it back, and then
     *     goes on
     * @param before is done before each, on this thread: to save what was typed
     */
    public ConflictsViewModel(
            TransactionRunner writes,
            ConflictWatch watch,
            BiConsumer<Callable<String>, Runnable> offer,
            Runnable before) {
        this.watch = watch;
        this.offer = offer;
        this.before = before;
        choice = new ConflictResolver(writes);
        watch.currentProperty().subscribe(now -> groups.set(now.groups()));
    }

    /** Everything about which devices disagree, by title. */
    public ReadOnlyObjectProperty<List<ConflictGroup>> groupsProperty() {
        return groups.getReadOnlyProperty();
    }

    /** Keeps what holds. */
    void keepWinner(LosingVersion lost) {
        run(() -> choice.keepWinner(lost.conflict()), Keys.TOAST_KEPT);
    }

    /** Puts what lost in its place. */
    void useLoser(LosingVersion lost) {
        run(() -> choice.useLoser(lost.conflict()), Keys.TOAST_USED);
    }

    /** Puts a text in the place of both. */
    void merge(LosingVersion lost, String text) {
        run(() -> choice.merge(lost.conflict(), text), Keys.TOAST_MERGED);
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
