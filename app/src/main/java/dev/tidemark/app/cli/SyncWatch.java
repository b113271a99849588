package dev.tidemark.app.cli;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ReinsertedItems;
import dev.tidemark.app.settings.SettingsWatcher;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Syncs continuously until the process is interrupted, as the window does. Prints a line when a sync has moved changes
 * or the state has changed.
 */
final class SyncWatch {
    /** The time limit for uploading pending changes before the process exits. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final TidemarkCommand root;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private SyncStatus.@Nullable State lastState;
    private @Nullable SyncReport reported;
    private final TransferProgress files;

    SyncWatch(TidemarkCommand root) {
        this.root = root;
        files = new TransferProgress(root.terminal());
    }

    int run() throws InterruptedException {
        AppContext composition = root.composition();
        OpenRemote.warnOfReaders(root, composition.requireRemote());
        RecoveryCodePrinter.showIn(root);
        SyncService service = composition.sync();
        Thread stop = Thread.ofPlatform().name("tidemark-watch-stop").unstarted(this::stop);
        Runtime.getRuntime().addShutdownHook(stop);
        try (SettingsWatcher settings = composition
                        .settings()
                        .watch(Runnable::run, composition::apply, problem -> root.error(ErrorMessages.of(problem)));
                AutoCloseable listening = service.listen(this::statusChanged);
                Subscription clocks = composition.database().onEvent(Runnable::run, this::warn)) {
            statusChanged(service.status());
            interrupted.await();
            Objects.requireNonNull(listening);
            Objects.requireNonNull(clocks);
            Objects.requireNonNull(settings);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The sync listener could not be closed", e);
        } finally {
            end(service);
        }
        return 0;
    }

    /** Ends the sync. Releases the waiting shutdown thread even if ending the sync fails. */
    private void end(SyncService service) {
        try {
            service.finish(CLOSE_TIMEOUT);
            root.erase();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until the sync has ended. Runs on the shutdown thread. */
    private void stop() {
        interrupted.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints a line if the sync has moved changes or its state has changed. */
    private synchronized void statusChanged(SyncStatus status) {
        SyncStatus.Progress progress = status.progress();
        if (progress != null && progress.phase() == SyncStatus.Progress.Phase.FILES) {
            files.sending(progress.done(), progress.total());
        }
        SyncReport report = status.lastReport();
        boolean moved = report != null && !report.equals(reported) && report.pushed() + report.pulled() > 0;
        boolean changed = status.state() != lastState && status.state() != SyncStatus.State.SYNCING;
        reported = report;
        if (!moved && !changed) {
            return;
        }
        lastState = status.state() == SyncStatus.State.SYNCING ? lastState : status.state();
        if (moved) {
            ReinsertedItems.complete(root.composition().database());
        }
        print(status, moved && report != null ? report : null);
        if (moved) {
            root.erase();
        }
    }

    private void print(SyncStatus status, @Nullable SyncReport report) {
        String state = Output.name(status.state());
        TidemarkException reason = status.reason();
        Instant now = root.composition().clock().instant();
        if (root.json()) {
            root.output()
                    .json(
                            "at", now.toString(),
                            "state", state,
                            "pushed", report == null ? 0 : report.pushed(),
                            "pulled", report == null ? 0 : report.pulled(),
                            "conflicts", report == null ? 0 : report.conflicts(),
                            "pending", status.pending(),
                            "reason", reason == null ? null : reason.getMessage());
        } else {
            root.output().line(ItemPrinter.time(now) + " " + sentence(state, report, reason));
        }
        root.output().flush();
    }

    private static String sentence(String state, @Nullable SyncReport report, @Nullable TidemarkException reason) {
        String name = CliMessages.get("status.state." + state);
        if (reason != null) {
            return name + ": " + TerminalSanitizer.line(ErrorMessages.of(reason));
        }
        return report == null
                ? name
                : CliMessages.get("sync.watch.moved", report.pushed(), report.pulled(), report.conflicts());
    }

    /** Warns about clocks that are ahead. Ignores other events. */
    private void warn(DatabaseEvent event) {
        if (event instanceof DatabaseEvent.ClockAhead clock) {
            root.error(CliMessages.get(
                    "sync.ahead", clock.name().isEmpty() ? clock.replica().toString() : clock.name()));
        }
    }
}
