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
 * If the user enabled update checks, checks for a newer version once a day, or one hour after a failed check. Confined
 * to the JavaFX thread.
 */
public final class UpdatesViewModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpdatesViewModel.class);

    /** The delay before the first check, so that the check does not slow down the start. */
    private static final Duration FIRST_CHECK_DELAY = Duration.ofSeconds(5);

    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(10);
    private static final Duration SUCCESS_PAUSE = Duration.ofDays(1);
    private static final Duration FAILURE_PAUSE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
            Duration timeout,
            SerialTaskRunner background,
            Scheduler delays,
            InstantSource clock) {
        this.version = version;
        this.file = file;
        this.source = new ReleaseInfoClient(timeout);
        this.background = background;
        this.delays = delays;
        this.clock = clock;
    }

    /**
     * Creates a model that runs each check on a virtual thread. Closing the model does not wait for a check.
     *
     * @param file stores the time and result of the last check
     * @param window runs callbacks on the thread of the model
     */
    public static UpdatesViewModel of(
            String version, Path file, Scheduler delays, Executor window, InstantSource clock) {
        SerialTaskRunner questions = SerialTaskRunner.on(Thread::startVirtualThread, window);
        return new UpdatesViewModel(version, file, TIMEOUT, questions, delays, clock);
    }

    public ReadOnlyObjectProperty<UpdateStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** Returns the current time, by the same clock as {@link UpdateStatus#checkedAt}. */
    public Instant now() {
        return clock.instant();
    }

    /** Applies the settings. The window calls this at the start and after each change of the settings. */
    public void applySettings(Settings settings) {
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
                            : UpdateStatus.State.NO_ADDRESS));
            return;
        }
        status.set(UpdateStatus.of(UpdateStatus.State.NOT_YET));
        background.run(() -> LastCheck.read(file), stored -> begin(wanted, stored), this::unexpected);
    }

    private void begin(URI wanted, Optional<LastCheck> stored) {
        if (wanted.equals(address)) {
            last = stored.filter(result -> result.address().equals(wanted)).orElse(null);
            show();
            next = delays.schedule(FIRST_CHECK_DELAY, this::checkIfDue);
        }
    }

    private void checkIfDue() {
        LastCheck before = last;
        Instant now = clock.instant();
        Duration pause = before != null && before.failed() ? FAILURE_PAUSE : SUCCESS_PAUSE;
        // A clock that was set back must not stop the checks.
        if (before == null
                || before.checkedAt().isAfter(now)
                || !before.checkedAt().plus(pause).isAfter(now)) {
            checkNow();
        } else {
            next = delays.schedule(CHECK_INTERVAL, this::checkIfDue);
        }
    }

    public void checkNow() {
        URI requested = address;
        if (requested == null || status.get().state() == UpdateStatus.State.CHECKING) {
            return;
        }
        next.cancel();
        status.set(new UpdateStatus(UpdateStatus.State.CHECKING, status.get().newer(), null, null));
        background.run(
                () -> source.fetch(requested),
                announcement ->
                        finished(requested, new LastCheck(requested, clock.instant(), false, announcement), null),
                failure -> {
                    LOG.info("The update check failed", failure);
                    ReleaseInfo known = last == null ? null : last.announcement();
                    finished(
                            requested,
                            new LastCheck(requested, clock.instant(), true, known),
                            ErrorMessages.of(failure));
                });
    }

    private void finished(URI requested, LastCheck result, @Nullable String failed) {
        if (requested.equals(address)) {
            last = result;
            problem = failed;
            show();
            next = delays.schedule(CHECK_INTERVAL, this::checkIfDue);
            background.run(
                    () -> {
                        result.write(file);
                        return result;
                    },
                    written -> {},
                    this::unexpected);
        }
    }

    private void show() {
        LastCheck result = last;
        if (result == null) {
            status.set(UpdateStatus.of(UpdateStatus.State.NOT_YET));
            return;
        }
        ReleaseInfo newer =
                result.announcement() != null && result.announcement().isNewerThan(version)
                        ? result.announcement()
                        : null;
        UpdateStatus.State state = newer != null
                ? UpdateStatus.State.NEWER
                : result.failed() ? UpdateStatus.State.FAILED : UpdateStatus.State.CURRENT;
        status.set(new UpdateStatus(state, newer, problem, result.checkedAt()));
    }

    private void unexpected(Throwable failure) {
        LOG.error("The update check failed unexpectedly", failure);
        status.set(new UpdateStatus(UpdateStatus.State.FAILED, null, ErrorMessages.of(failure), clock.instant()));
    }

    /** Stops the checks. Closing twice does nothing. */
    @Override
    public void close() {
        address = null;
        next.cancel();
    }
}
