package dev.tidemark.app.cli;

import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Syncs once, now. Fails if something that others changed could not be had, although the rest was synced. */
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
        SyncReport report = OpenRemote.with(root, RemoteLibrary::sync);
        SyncPrinter printer = new SyncPrinter(root);
        printer.print(report);
        return printer.complain(report);
    }
}
