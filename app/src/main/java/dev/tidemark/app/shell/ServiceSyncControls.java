package dev.tidemark.app.shell;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.sync.SyncControls;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.sync.SyncReport;
import java.util.function.Consumer;

/**
 * Runs the sync commands of the user through the sync service. The status of the service then shows the result.
 *
 * @param passphrase asks the user for the passphrase
 * @param recoveryCode creates and shows another recovery code
 */
@SuppressWarnings("FutureReturnValueIgnored")
record ServiceSyncControls(
        SyncService service,
        Database database,
        SerialTaskRunner background,
        Consumer<Throwable> report,
        Runnable passphrase,
        Runnable recoveryCode)
        implements SyncControls {
    @Override
    public void syncNow() {
        service.syncNow();
    }

    @Override
    public void cancel() {
        service.cancel();
    }

    @Override
    public void pause() {
        service.pause();
    }

    @Override
    public void resume() {
        service.resume();
    }

    @Override
    public void uploadAgain() {
        service.run((library, options) -> library.startNewEpoch(options));
    }

    @Override
    public void connect() {
        service.run((library, options) -> library.connect(RemoteLibrary.JoinMode.MERGE, options));
    }

    @Override
    public void retire(ReplicaId replica) {
        service.run((library, options) -> {
            SyncReport before = library.retire(replica, options);
            return before.cancelled() ? before : library.sync(options);
        });
    }

    @Override
    public void enterPassphrase() {
        passphrase.run();
    }

    @Override
    public void newRecoveryCode() {
        recoveryCode.run();
    }

    @Override
    public void undo(MassDelete deletion) {
        background.run(() -> database.undo(deletion), rows -> {}, report);
    }
}
