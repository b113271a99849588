package dev.tidemark.app.welcome;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Items;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Adds the sample items as one undo step. Belongs to the thread that runs the callbacks of its {@link
 * SerialTaskRunner}.
 */
public final class WelcomeViewModel {
    private final Items items;
    private final SerialTaskRunner background;
    private final Consumer<String> listener;
    private final Consumer<Throwable> failed;

    /** @param listener receives a message about the result */
    public WelcomeViewModel(
            Items items, SerialTaskRunner background, Consumer<String> listener, Consumer<Throwable> failed) {
        this.items = items;
        this.background = background;
        this.listener = listener;
        this.failed = failed;
    }

    /** Adds the sample items, due around a day. */
    public void addSample(LocalDate today) {
        background.run(
                () -> Sample.around(today, Locale.getDefault(Locale.Category.DISPLAY))
                        .apply(items),
                added -> listener.accept(Messages.text(Keys.WELCOME_ADDED, added)),
                failed);
    }
}
