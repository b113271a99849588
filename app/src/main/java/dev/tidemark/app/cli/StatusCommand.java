package dev.tidemark.app.cli;

import picocli.CommandLine.Command;

/** Waits for the engine's sync service. */
@Command(name = "status")
final class StatusCommand implements Runnable {
    private final TidemarkCommand root;

    StatusCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        throw new UnsupportedOperationException("status " + root.json());
    }
}
