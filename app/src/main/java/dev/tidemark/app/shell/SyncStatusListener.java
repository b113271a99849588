package dev.tidemark.app.shell;

import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.sync.SyncWarnings;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Shows each new status of the background sync in the main window. For the JavaFX thread. */
final class SyncStatusListener implements AutoCloseable {
    private final SyncService service;
    private final Database database;
    private final SerialTaskRunner background;
    private final MainViewModel model;
    private final SyncViewModel sync;
    private final PreferencesViewModel preferences;
    private final InstantSource clock;
    private @Nullable AutoCloseable listening;
    private @Nullable SyncReport reported;
    private boolean closed;

    SyncStatusListener(
            SyncService service,
            Database database,
            SerialTaskRunner background,
            MainViewModel model,
            SyncViewModel sync,
            PreferencesViewModel preferences,
            InstantSource clock) {
        this.service = service;
        this.database = database;
        this.background = background;
        this.model = model;
        this.sync = sync;
        this.preferences = preferences;
        this.clock = clock;
    }

    /** Shows the current status, then every change. */
    void begin() {
        listening = service.listen(status -> FxExecutor.INSTANCE.execute(() -> show(status)));
        show(service.status());
    }

    /**
     * Shows a status. Refreshes the conflicts when a sync ends, because a losing version can arrive without a change of
     * any row. Does not refresh them during a sync, because then the status changes with every merge.
     */
    private void show(SyncStatus status) {
        if (closed) {
            return;
        }
        sync.show(SyncState.of(status, target()));
        if (status.progress() == null) {
            SyncReport report = status.lastReport();
            if (report != null && report.pulled() > 0 && !report.equals(reported)) {
                model.conflicts().pulled();
            } else {
                model.conflicts().refresh();
            }
            reported = report;
            preferences.encryption().refresh();
            background.run(() -> SyncWarnings.of(database, status, clock.instant()), sync::show, model::report);
        }
    }

    /** Tells the sync service that the user looks at the window, so that a due sync starts. */
    void syncIfDue() {
        service.notifyUserActive();
    }

    private String target() {
        return preferences
                .settingsProperty()
                .get()
                .syncUrl()
                .map(StorageUrl::location)
                .orElse("");
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (listening != null) {
                listening.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("The sync listener could not be closed", e);
        }
    }
}
