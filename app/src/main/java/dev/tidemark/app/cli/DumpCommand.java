package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import picocli.CommandLine.Command;

/** Prints the synced state as text. Two devices print equal text if and only if their states agree. */
@Command(name = "dump")
final class DumpCommand extends Subcommand implements Runnable {
    @Override
    public void run() {
        String dump = database().dump();
        output().printRaw(TerminalSanitizer.lines(dump));
    }
}
