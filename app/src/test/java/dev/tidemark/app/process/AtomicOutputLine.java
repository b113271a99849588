package dev.tidemark.app.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Prints lines that appear completely or not at all, even if the process is killed: each is one write to the pipe. */
final class AtomicOutputLine {
    private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);

    private AtomicOutputLine() {}

    static void showMessage(String line) {
        try {
            OUTPUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
