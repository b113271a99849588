package dev.tidemark.app.cli;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.ReinsertedItems;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Syncs once. With {@code --watch}, syncs until interrupted. If the changes of one device cannot be downloaded, a
 * single sync still moves all other changes, and then the command fails.
 */
@Command(name = "sync")
final class SyncCommand extends Subcommand implements Callable<Integer> {
    @Option(names = "--watch")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        if (watch) {
            return new SyncWatch(root()).run();
        }
        TransferProgress files = new TransferProgress(root().terminal());
        SyncPrinter printer = new SyncPrinter(root());
        SyncReport report = OpenRemote.with(root(), library -> {
            library.retryAll();
            SyncReport synced = library.sync(SyncOptions.DEFAULT.with(progress -> {
                if (progress.phase() == SyncStatus.Progress.Phase.FILES) {
                    files.sending(progress.done(), progress.total());
                }
            }));
            library.warning().ifPresent(warning -> root().error(ErrorMessages.of(warning)));
            return synced;
        });
        int code = printer.print(report);
        output().flush();
        ReinsertedItems.complete(database());
        MergedTexts.refresh(database());
        root().erase();
        return code;
    }
}
