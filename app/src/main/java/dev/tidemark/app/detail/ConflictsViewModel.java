package dev.tidemark.app.detail;

import dev.tidemark.app.model.Writes;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
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
    private final ConflictChoice choice;
    private final BiConsumer<Callable<String>, Runnable> offer;
    private final Runnable before;
    private final ReadOnlyObjectWrapper<List<Disputed>> disputed = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * @param writes where commands write
     * @param offer runs a command in the background, says the sentence that it returns with a way to take it back, and then
     *     goes on
     * @param before is done before each, on this thread: to save what was typed
     */
    public ConflictsViewModel(
            Writes writes, ConflictWatch watch, BiConsumer<Callable<String>, Runnable> offer, Runnable before) {
        this.watch = watch;
        this.offer = offer;
        this.before = before;
        choice = new ConflictChoice(writes);
        watch.currentProperty().subscribe(now -> disputed.set(now.disputed()));
    }

    /** Everything about which devices disagree, by title. */
    public ReadOnlyObjectProperty<List<Disputed>> disputedProperty() {
        return disputed.getReadOnlyProperty();
    }

    /** Keeps what holds. */
    void keep(LostValue lost) {
        run(() -> choice.keep(lost.conflict()), Keys.TOAST_KEPT);
    }

    /** Puts what lost in its place. */
    void use(LostValue lost) {
        run(() -> choice.useLoser(lost.conflict()), Keys.TOAST_USED);
    }

    /** Puts a text in the place of both. */
    void merge(LostValue lost, String text) {
        run(() -> choice.merge(lost.conflict(), text), Keys.TOAST_MERGED);
    }

    private void run(Runnable work, String sentence) {
        before.run();
        offer.accept(
                () -> {
                    work.run();
                    return Texts.text(sentence);
                },
                watch::refresh);
    }
}
