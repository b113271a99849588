package dev.tidemark.app.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The input and output streams of a command.
 *
 * @param input standard input, from which commands read the text for the argument {@code -}
 */
public record Terminal(InputStream input, Writer output, PrintWriter errors, boolean colours) {
    private static final int BUFFER = 1 << 16;

    /**
     * Returns the streams of this process. Files and pipes receive UTF-8. A terminal receives its own character set.
     */
    public static Terminal ofProcess() {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        Charset charset = console.map(Console::charset).orElse(StandardCharsets.UTF_8);
        OutputStream output = new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new OutputStreamWriter(output, charset),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset),
                console.isPresent() && System.getenv("NO_COLOR") == null);
    }
}
