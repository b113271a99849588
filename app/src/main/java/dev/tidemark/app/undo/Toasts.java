package dev.tidemark.app.undo;

import dev.tidemark.app.fx.Scheduler;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Shows short messages, one at a time, for seven seconds each. */
public final class Toasts {
    /**
     * A short message at the bottom of the window.
     *
     * @param undo the action of the undo button; {@code null} for no button
     */
    public record Toast(String text, @Nullable Runnable undo) {}

    private static final Duration STAY = Duration.ofSeconds(7);

    private final ReadOnlyObjectWrapper<@Nullable Toast> current = new ReadOnlyObjectWrapper<>();
    private final Scheduler delays;
    private Scheduler.ScheduledTask pending = () -> {};

    public Toasts(Scheduler delays) {
        this.delays = delays;
    }

    public ReadOnlyObjectProperty<@Nullable Toast> currentProperty() {
        return current.getReadOnlyProperty();
    }

    void show(Toast toast) {
        pending.cancel();
        current.set(toast);
        pending = delays.schedule(STAY, this::close);
    }

    /** Shows a message without an undo button. */
    public void showMessage(String sentence) {
        show(new Toast(sentence, null));
    }

    public void close() {
        pending.cancel();
        current.set(null);
    }

    /** Runs the undo action of the current message, if it has one. */
    public void undo() {
        Toast toast = current.get();
        if (toast != null && toast.undo() != null) {
            close();
            toast.undo().run();
        }
    }
}
