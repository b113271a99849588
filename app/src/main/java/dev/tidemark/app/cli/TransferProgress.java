package dev.tidemark.app.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints transfer progress to stderr at intervals. Short transfers print nothing. Not thread-safe. */
final class TransferProgress {
    /** The delay of the first line and between lines. */
    private static final long PAUSE = Duration.ofSeconds(3).toNanos();

    private final Terminal terminal;
    private final LongSupplier nanos;
    private long lastPrinted;

    TransferProgress(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    /** @param nanos a clock */
    TransferProgress(Terminal terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        lastPrinted = nanos.getAsLong();
    }

    /** So many bytes of the files that go out have arrived. */
    void sending(long bytes, long total) {
        print("files.sending", bytes, total);
    }

    /** So many bytes of a file are here. */
    void fetching(long bytes, long total) {
        print("files.fetching", bytes, total);
    }

    /** So many files with so many bytes are in another storage; how many there will be is not known. */
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
