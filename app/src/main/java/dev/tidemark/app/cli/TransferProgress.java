package dev.tidemark.app.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints transfer progress to stderr at intervals. Short transfers print nothing. Not thread-safe. */
final class TransferProgress {
    /** The time before the first line and between two lines, in nanoseconds. */
    private static final long PAUSE = Duration.ofSeconds(3).toNanos();

    private final Terminal terminal;
    private final LongSupplier nanos;
    private long lastPrinted;

    TransferProgress(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    /** @param nanos returns the time in nanoseconds */
    TransferProgress(Terminal terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        lastPrinted = nanos.getAsLong();
    }

    /** Reports the uploaded bytes of all files. */
    void sending(long bytes, long total) {
        print("files.sending", bytes, total);
    }

    /** Reports the downloaded bytes of a file. */
    void fetching(long bytes, long total) {
        print("files.fetching", bytes, total);
    }

    /** Reports the number of copied files and bytes. The total is unknown. */
    void copying(long files, long bytes) {
        print("files.copying", files, bytes / 1e6);
    }

    private void print(String key, long bytes, long total) {
        if (bytes < total) {
            print(key, bytes / 1e6, total / 1e6);
        }
    }

    private void print(String key, Number first, Number second) {
        long now = nanos.getAsLong();
        if (now - lastPrinted >= PAUSE) {
            lastPrinted = now;
            terminal.errors().println(CliMessages.get(key, first, second));
            terminal.errors().flush();
        }
    }
}
