package dev.tidemark.app.cli;

import picocli.CommandLine.Command;

/** Waits for the engine's sync service. */
@Command(name = "sync")
final class SyncCommand implements Runnable {
    private final TidemarkCommand root;

    SyncCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        throw new UnsupportedOperationException("sync " + root.json());
    }
}
