package dev.tidemark.app.cli;

import dev.tidemark.app.model.ReinsertedItems;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Syncs once. Fails if a change of another device cannot be downloaded, after syncing the rest. */
@Command(name = "sync")
final class SyncCommand implements Callable<Integer> {
    private final TidemarkCommand root;

    @Option(names = "--watch")
    private boolean watch;

    SyncCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (watch) {
            return new SyncWatch(root).run();
        }
        TransferProgress files = new TransferProgress(root.terminal());
        SyncPrinter printer = new SyncPrinter(root);
        SyncReport report = OpenRemote.with(root, library -> {
            library.retryAll();
            SyncReport synced = library.sync(SyncOptions.DEFAULT.with(progress -> {
                if (progress.phase() == SyncStatus.Progress.Phase.FILES) {
                    files.sending(progress.done(), progress.total());
                }
            }));
            library.warning().ifPresent(printer::warn);
            return synced;
        });
        int code = printer.print(report);
        root.output().flush();
        ReinsertedItems.complete(root.composition().database());
        root.erase();
        return code;
    }
}
