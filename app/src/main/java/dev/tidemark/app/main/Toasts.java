package dev.tidemark.app.main;

import dev.tidemark.app.fx.Delays;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One message at a time, for a few seconds each. */
final class Toasts {
    private static final Duration STAY = Duration.ofSeconds(7);

    private final ReadOnlyObjectWrapper<@Nullable Toast> current = new ReadOnlyObjectWrapper<>();
    private final Delays delays;
    private Delays.Pending pending = () -> {};

    Toasts(Delays delays) {
        this.delays = delays;
    }

    ReadOnlyObjectProperty<@Nullable Toast> currentProperty() {
        return current.getReadOnlyProperty();
    }

    void show(Toast toast) {
        pending.cancel();
        current.set(toast);
        pending = delays.after(STAY, this::close);
    }

    /** Says a sentence that cannot be taken back. */
    void say(String sentence) {
        show(new Toast(sentence, null));
    }

    void close() {
        pending.cancel();
        current.set(null);
    }

    /** Takes back what the present message says, if it can be taken back. */
    void undo() {
        Toast toast = current.get();
        if (toast != null && toast.undo() != null) {
            close();
            toast.undo().run();
        }
    }
}
