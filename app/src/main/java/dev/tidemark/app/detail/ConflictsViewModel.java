package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.model.Writes;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The page of all open conflicts. Whatever ends one ends it on every device. Belongs to the thread of its background's callbacks. */
public final class ConflictsViewModel {
    private final Background background;
    private final ConflictWatch watch;
    private final ConflictChoice choice;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<List<Disputed>> disputed = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * @param writes where commands write
     * @param failed takes what goes wrong
     */
    public ConflictsViewModel(Writes writes, Background background, ConflictWatch watch, Consumer<Throwable> failed) {
        this.background = background;
        this.watch = watch;
        this.failed = failed;
        choice = new ConflictChoice(writes);
        watch.currentProperty().subscribe(now -> disputed.set(now.disputed()));
    }

    /** Everything about which devices disagree, by title. */
    public ReadOnlyObjectProperty<List<Disputed>> disputedProperty() {
        return disputed.getReadOnlyProperty();
    }

    /** Keeps what holds. */
    void keep(LostValue lost) {
        run(() -> choice.keep(lost.conflict()));
    }

    /** Puts what lost in its place. */
    void use(LostValue lost) {
        run(() -> choice.useLoser(lost.conflict()));
    }

    /** Puts a text in the place of both. */
    void merge(LostValue lost, String text) {
        run(() -> choice.merge(lost.conflict(), text));
    }

    private void run(Runnable work) {
        background.run(
                () -> {
                    work.run();
                    return true;
                },
                done -> watch.refresh(),
                failed);
    }
}
