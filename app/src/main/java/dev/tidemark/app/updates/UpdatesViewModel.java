package dev.tidemark.app.updates;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.Delays;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.UpdateCheck;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a newer version where the person wants it, once a day, after a failure again in an hour; nothing waits for that. Belongs to
 * the thread of the window.
 */
public final class UpdatesViewModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpdatesViewModel.class);

    /** The start has better things to do. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration AFTER_ANSWER = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String version;
    private final Path file;
    private final AnnouncementSource source;
    private final Background background;
    private final Delays delays;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Standing> standing =
            new ReadOnlyObjectWrapper<>(Standing.of(Standing.State.OFF));
    private @Nullable URI address;
    private @Nullable LastAnswer last;
    private @Nullable String problem;
    private Delays.Pending next = () -> {};

    /**
     * @param version of this program
     * @param file where is kept when somebody was asked last
     * @param patience how long an answer may take
     */
    UpdatesViewModel(
            String version, Path file, Duration patience, Background background, Delays delays, InstantSource clock) {
        this.version = version;
        this.file = file;
        this.source = new AnnouncementSource(patience);
        this.background = background;
        this.delays = delays;
        this.clock = clock;
    }

    /**
     * A model whose questions run on threads of their own, for which nobody waits at the end.
     *
     * @param version of this program
     * @param file where is kept when somebody was asked last
     * @param window where the model belongs
     */
    public static UpdatesViewModel of(String version, Path file, Delays delays, Executor window) {
        Background questions = Background.on(Thread::startVirtualThread, window);
        return new UpdatesViewModel(version, file, PATIENCE, questions, delays, InstantSource.system());
    }

    /** What is known. */
    public ReadOnlyObjectProperty<Standing> standingProperty() {
        return standing.getReadOnlyProperty();
    }

    /** Takes the settings, now and whenever they are changed. */
    public void use(Settings settings) {
        URI wanted = settings.updateCheck() == UpdateCheck.OFF
                ? null
                : settings.updatesUrl().orElse(null);
        if (wanted != null && wanted.equals(address)) {
            return;
        }
        next.cancel();
        address = wanted;
        last = null;
        problem = null;
        if (wanted == null) {
            standing.set(Standing.of(
                    settings.updateCheck() == UpdateCheck.OFF ? Standing.State.OFF : Standing.State.NOWHERE));
            return;
        }
        standing.set(Standing.of(Standing.State.NOT_YET));
        background.run(() -> LastAnswer.read(file), stored -> begin(wanted, stored), this::unexpected);
    }

    private void begin(URI wanted, Optional<LastAnswer> stored) {
        if (wanted.equals(address)) {
            last = stored.filter(answer -> answer.address().equals(wanted)).orElse(null);
            show();
            next = delays.after(FIRST_LOOK, this::lookIfDue);
        }
    }

    private void lookIfDue() {
        LastAnswer before = last;
        Instant now = clock.instant();
        Duration pause = before != null && before.failed() ? AFTER_FAILURE : AFTER_ANSWER;
        // A clock that was put back must not stop the questions.
        if (before == null
                || before.asked().isAfter(now)
                || !before.asked().plus(pause).isAfter(now)) {
            lookNow();
        } else {
            next = delays.after(LOOK, this::lookIfDue);
        }
    }

    /** Asks now, if somebody is to be asked. */
    public void lookNow() {
        URI asked = address;
        if (asked == null || standing.get().state() == Standing.State.ASKING) {
            return;
        }
        next.cancel();
        standing.set(new Standing(Standing.State.ASKING, standing.get().newer(), null, null));
        background.run(
                () -> source.ask(asked),
                announcement -> answered(asked, new LastAnswer(asked, clock.instant(), false, announcement), null),
                failure -> {
                    LOG.info("It could not be found out whether there is a newer version", failure);
                    Announcement known = last == null ? null : last.announcement();
                    answered(asked, new LastAnswer(asked, clock.instant(), true, known), Sentences.of(failure));
                });
    }

    private void answered(URI asked, LastAnswer answer, @Nullable String failed) {
        if (asked.equals(address)) {
            last = answer;
            problem = failed;
            show();
            next = delays.after(LOOK, this::lookIfDue);
            background.run(
                    () -> {
                        answer.write(file);
                        return answer;
                    },
                    written -> {},
                    this::unexpected);
        }
    }

    private void show() {
        LastAnswer answer = last;
        if (answer == null) {
            standing.set(Standing.of(Standing.State.NOT_YET));
            return;
        }
        Announcement newer =
                answer.announcement() != null && answer.announcement().isNewerThan(version)
                        ? answer.announcement()
                        : null;
        Standing.State state =
                newer != null ? Standing.State.NEWER : answer.failed() ? Standing.State.FAILED : Standing.State.CURRENT;
        standing.set(new Standing(state, newer, problem, answer.asked()));
    }

    private void unexpected(Throwable failure) {
        LOG.error("Looking for a newer version failed unexpectedly", failure);
        standing.set(new Standing(Standing.State.FAILED, null, Sentences.of(failure), clock.instant()));
    }

    /** Asks no more. Closing twice does nothing. */
    @Override
    public void close() {
        address = null;
        next.cancel();
    }
}
