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
 * One text of an item while it is being edited: saved shortly after the last key, and never overwritten under the
 * fingers.
 *
 * <p>What arrives from elsewhere shows at once as long as nothing unsaved has been typed. Otherwise the typed text stays
 * and is saved as a write that had not seen the other, so that the two become a conflict and neither is lost.
 *
 * <p>Results that are older than the last save are recognised by this replica's own sequence number in their vector.
 *
 * <p>Belongs to the thread of its delays.
 */
final class EditedText {
    private static final Duration PAUSE = Duration.ofMillis(400);

    /** So many characters have a save wait for a millisecond more: each is written, kept in the history and sent as a whole. */
    private static final int CHARACTERS = 250;

    private final ReadOnlyStringWrapper text;
    private final Scheduler delays;
    private final BiConsumer<String, VersionVector> save;
    /** What typing began from: the field is unsaved while it differs from this. */
    private String base;

    private VersionVector context;
    /** The last result, whether or not it could be shown. */
    private String lastResult;

    private VersionVector lastResultContext;
    private int saving;
    private @Nullable Dot saved;
    private Scheduler.ScheduledTask pending = () -> {};

    /**
     * @param stored what the database holds
     * @param state the state in which it holds it
     * @param save takes a text to be saved, and the state that the person had seen when typing it
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

    /** What is to be seen in the field. */
    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** Whether something was typed that has not been handed on to be saved. */
    boolean isDirty() {
        return !text.get().equals(base);
    }

    /** The person changed the field. */
    void type(String typed) {
        if (!typed.equals(text.get())) {
            text.set(typed);
            pending.cancel();
            pending = delays.schedule(PAUSE.plusMillis(typed.length() / CHARACTERS), this::flush);
        }
    }

    /** Saves what was typed, now. */
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

    /** The database holds this value in this state. */
    void deliver(String value, VersionVector state) {
        lastResult = value;
        lastResultContext = state;
        showLastResult();
    }

    /**
     * A save came through.
     *
     * @param last the last change of this device after it; {@code null} if it changed nothing, so that no result follows
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

    /** A save failed: what was typed counts as unsaved again, and the next pause tries again. */
    void failed() {
        saving--;
        base = lastResult;
    }

    /** Shows the last result, unless something unsaved stands in its way or it is older than what was saved. */
    private void showLastResult() {
        boolean isNew = saved == null || lastResultContext.get(saved.replica()) >= saved.sequence();
        if (!isDirty() && saving == 0 && isNew) {
            base = lastResult;
            text.set(lastResult);
            context = lastResultContext;
        }
    }
}
