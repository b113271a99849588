package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Duration;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A text of an item during editing: saved after a pause in typing, and never overwritten while it has unsaved input.
 *
 * <p>A change from another device shows at once if there is no unsaved input. Otherwise the input stays and is saved
 * with the causal context in which the user typed it, so that the two versions become a conflict.
 *
 * <p>Results older than the last save are recognised by this replica's sequence number in their version vector.
 *
 * <p>Belongs to the thread of its scheduler.
 */
final class EditedText {
    private static final Duration PAUSE = Duration.ofMillis(400);

    /**
     * A save waits 1 ms longer for each of these many characters, because each save writes and uploads the whole text.
     */
    private static final int CHARACTERS = 250;

    private final ReadOnlyStringWrapper text;
    private final Scheduler delays;
    private final BiConsumer<String, VersionVector> save;
    /** The text that typing started from: the field is unsaved while its text differs. */
    private String base;

    private VersionVector context;
    /** The last result, shown or not. */
    private String lastResult;

    private VersionVector lastResultContext;
    private int saving;
    private @Nullable Dot saved;
    private Scheduler.ScheduledTask pending = () -> {};

    /**
     * @param state the version vector at which it was read
     * @param save saves a text with the causal context in which the user typed it
     */
    EditedText(String stored, VersionVector state, Scheduler delays, BiConsumer<String, VersionVector> save) {
        this.text = new ReadOnlyStringWrapper(stored);
        this.base = stored;
        this.context = state;
        this.lastResult = stored;
        this.lastResultContext = state;
        this.delays = delays;
        this.save = save;
    }

    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** Whether the field has input that was not passed to {@code save}. */
    boolean isDirty() {
        return !text.get().equals(base);
    }

    /** Call when the user changed the field. */
    void type(String typed) {
        if (!typed.equals(text.get())) {
            text.set(typed);
            pending.cancel();
            pending = delays.schedule(PAUSE.plusMillis(typed.length() / CHARACTERS), this::flush);
        }
    }

    void flush() {
        pending.cancel();
        if (isDirty()) {
            base = text.get();
            saving++;
            save.accept(base, context);
        } else {
            showLastResult();
        }
    }

    /** Receives the stored value at a version vector; an older one than the last is ignored. */
    void deliver(String value, VersionVector state) {
        if (!state.covers(lastResultContext)) {
            return;
        }
        lastResult = value;
        lastResultContext = state;
        showLastResult();
    }

    /**
     * Call after a successful save.
     *
     * @param last this device's last change after the save; {@code null} if nothing changed, so that no result follows
     */
    void saved(String value, @Nullable Dot last) {
        saving--;
        if (last == null) {
            lastResult = value;
        } else {
            saved = last;
        }
        showLastResult();
    }

    /** Call after a failed save: the input is unsaved again, and the next pause retries. */
    void failed() {
        saving--;
        base = lastResult;
    }

    /** Shows the last result, unless there is unsaved input or the result is older than the last save. */
    private void showLastResult() {
        boolean isNew = saved == null || lastResultContext.get(saved.replica()) >= saved.sequence();
        if (!isDirty() && saving == 0 && isNew) {
            base = lastResult;
            text.set(lastResult);
            context = lastResultContext;
        }
    }
}
