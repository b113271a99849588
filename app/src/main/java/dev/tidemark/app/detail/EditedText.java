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
 * Holds a text that the user edits. The text is saved after a pause in typing.
 *
 * <p>A change from another device appears at once if the field has no unsaved input. Otherwise the input stays and is
 * saved with the causal context in which the user typed it, so that both versions become a conflict.
 *
 * <p>Does not show query results that are older than the last save. The version vector of such a result lacks the
 * sequence number of the save.
 *
 * <p>Belongs to the thread of its scheduler.
 */
final class EditedText {
    private static final Duration PAUSE = Duration.ofMillis(400);

    /**
     * The number of characters per additional millisecond of the pause before a save. Long texts are saved less often,
     * because each save writes and uploads the whole text.
     */
    private static final int CHARACTERS = 250;

    private final ReadOnlyStringWrapper text;
    private final Scheduler delays;
    private final BiConsumer<String, VersionVector> save;
    /**
     * The last text that was passed to {@code save} or that came from the database. A different text in the field is
     * unsaved input.
     */
    private String base;

    private VersionVector context;
    /** The text of the last query result, even if the field did not show it. */
    private String lastResult;

    private VersionVector lastResultContext;
    private int saving;
    private @Nullable Dot saved;
    private Scheduler.ScheduledTask pending = () -> {};

    /**
     * @param stored the text in the database
     * @param state the version vector at which {@code stored} was read
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

    /** Whether the field has input that was not yet passed to {@code save}. */
    boolean isDirty() {
        return !text.get().equals(base);
    }

    /** Sets the text that the user typed, and saves it after a pause in typing. */
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

    /**
     * Receives a query result. Ignores a result that is older than the last one.
     *
     * @param value the stored text
     * @param state the version vector at which the text was read
     */
    void deliver(String value, VersionVector state) {
        if (!state.covers(lastResultContext)) {
            return;
        }
        lastResult = value;
        lastResultContext = state;
        showLastResult();
    }

    /**
     * Ends a save. Call this method after a successful save.
     *
     * @param last this device's last change after the save; {@code null} if the save changed nothing, so that no query
     *     result follows
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

    /**
     * Ends a save. Call this method after a failed save. The input counts as unsaved again, so that the next pause in
     * typing or {@link #flush} saves it.
     */
    void failed() {
        saving--;
        base = lastResult;
    }

    /** Shows the last query result, unless the field has unsaved input or the result is older than the last save. */
    private void showLastResult() {
        boolean isNew = saved == null || lastResultContext.get(saved.replica()) >= saved.sequence();
        if (!isDirty() && saving == 0 && isNew) {
            base = lastResult;
            text.set(lastResult);
            context = lastResultContext;
        }
    }
}
