package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import picocli.CommandLine.Command;

/** Prints the synced state as text that is equal on two devices exactly when they agree. */
@Command(name = "dump")
final class DumpCommand implements Runnable {
    private final TidemarkCommand root;

    DumpCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        String dump = root.composition().database().dump();
        root.output().raw(TerminalSanitizer.lines(dump));
    }
}
