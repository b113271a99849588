package dev.tidemark.app.updates;

import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.settings.Setting;
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
 * Checks for a newer version once a day, and one hour after a failure, if the user enabled it. Belongs to the JavaFX
 * thread.
 */
public final class UpdatesViewModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpdatesViewModel.class);

    /** The delay of the first check, which must not slow down the start. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration AFTER_ANSWER = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String version;
    private final Path file;
    private final ReleaseInfoClient source;
    private final SerialTaskRunner background;
    private final Scheduler delays;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<UpdateStatus> status =
            new ReadOnlyObjectWrapper<>(UpdateStatus.of(UpdateStatus.State.OFF));
    private @Nullable URI address;
    private @Nullable LastCheck last;
    private @Nullable String problem;
    private Scheduler.ScheduledTask next = () -> {};

    /** @param file stores the time and result of the last check */
    UpdatesViewModel(
            String version,
            Path file,
            Duration patience,
            SerialTaskRunner background,
            Scheduler delays,
            InstantSource clock) {
        this.version = version;
        this.file = file;
        this.source = new ReleaseInfoClient(patience);
        this.background = background;
        this.delays = delays;
        this.clock = clock;
    }

    /**
     * Creates a model that runs each check on a virtual thread; closing does not wait for a check.
     *
     * @param file stores the time and result of the last check
     * @param window the executor of the thread that the model belongs to
     */
    public static UpdatesViewModel of(
            String version, Path file, Scheduler delays, Executor window, InstantSource clock) {
        SerialTaskRunner questions = SerialTaskRunner.on(Thread::startVirtualThread, window);
        return new UpdatesViewModel(version, file, PATIENCE, questions, delays, clock);
    }

    public ReadOnlyObjectProperty<UpdateStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** The time by the clock that stamps {@link UpdateStatus#asked}. */
    public Instant now() {
        return clock.instant();
    }

    /** Applies the settings, at the start and after each change. */
    public void use(Settings settings) {
        URI wanted = settings.get(Setting.UPDATES_CHECK) == UpdateCheck.OFF
                ? null
                : settings.get(Setting.UPDATES_URL).orElse(null);
        if (wanted != null && wanted.equals(address)) {
            return;
        }
        next.cancel();
        address = wanted;
        last = null;
        problem = null;
        if (wanted == null) {
            status.set(UpdateStatus.of(
                    settings.get(Setting.UPDATES_CHECK) == UpdateCheck.OFF
                            ? UpdateStatus.State.OFF
                            : UpdateStatus.State.NOWHERE));
            return;
        }
        status.set(UpdateStatus.of(UpdateStatus.State.NOT_YET));
        background.run(() -> LastCheck.read(file), stored -> begin(wanted, stored), this::unexpected);
    }

    private void begin(URI wanted, Optional<LastCheck> stored) {
        if (wanted.equals(address)) {
            last = stored.filter(answer -> answer.address().equals(wanted)).orElse(null);
            show();
            next = delays.schedule(FIRST_LOOK, this::checkIfDue);
        }
    }

    private void checkIfDue() {
        LastCheck before = last;
        Instant now = clock.instant();
        Duration pause = before != null && before.failed() ? AFTER_FAILURE : AFTER_ANSWER;
        // A clock that was set back must not stop the checks.
        if (before == null
                || before.asked().isAfter(now)
                || !before.asked().plus(pause).isAfter(now)) {
            checkNow();
        } else {
            next = delays.schedule(LOOK, this::checkIfDue);
        }
    }

    public void checkNow() {
        URI asked = address;
        if (asked == null || status.get().state() == UpdateStatus.State.ASKING) {
            return;
        }
        next.cancel();
        status.set(new UpdateStatus(UpdateStatus.State.ASKING, status.get().newer(), null, null));
        background.run(
                () -> source.fetch(asked),
                announcement -> answered(asked, new LastCheck(asked, clock.instant(), false, announcement), null),
                failure -> {
                    LOG.info("It could not be found out whether there is a newer version", failure);
                    ReleaseInfo known = last == null ? null : last.announcement();
                    answered(asked, new LastCheck(asked, clock.instant(), true, known), ErrorMessages.of(failure));
                });
    }

    private void answered(URI asked, LastCheck answer, @Nullable String failed) {
        if (asked.equals(address)) {
            last = answer;
            problem = failed;
            show();
            next = delays.schedule(LOOK, this::checkIfDue);
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
        LastCheck answer = last;
        if (answer == null) {
            status.set(UpdateStatus.of(UpdateStatus.State.NOT_YET));
            return;
        }
        ReleaseInfo newer =
                answer.announcement() != null && answer.announcement().isNewerThan(version)
                        ? answer.announcement()
                        : null;
        UpdateStatus.State state = newer != null
                ? UpdateStatus.State.NEWER
                : answer.failed() ? UpdateStatus.State.FAILED : UpdateStatus.State.CURRENT;
        status.set(new UpdateStatus(state, newer, problem, answer.asked()));
    }

    private void unexpected(Throwable failure) {
        LOG.error("Looking for a newer version failed unexpectedly", failure);
        status.set(new UpdateStatus(UpdateStatus.State.FAILED, null, ErrorMessages.of(failure), clock.instant()));
    }

    /** Stops the checks. Closing twice does nothing. */
    @Override
    public void close() {
        address = null;
        next.cancel();
    }
}
