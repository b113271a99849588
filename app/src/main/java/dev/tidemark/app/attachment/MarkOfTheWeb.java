package dev.tidemark.app.attachment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks a file as coming from another computer, as browsers do. Windows and Office open a marked file in a restricted
 * mode, macOS asks before it opens the file, and Linux only records the mark. A file on a file system without extended
 * attributes stays unmarked.
 */
final class MarkOfTheWeb {
    private static final Logger LOG = LoggerFactory.getLogger(MarkOfTheWeb.class);

    /** The name of the alternate data stream that Java writes for the attribute. */
    private static final String WINDOWS = "Zone.Identifier";

    private static final String INTERNET_ZONE = "[ZoneTransfer]\r\nZoneId=3\r\n";

    /** The name of the extended attribute without the prefix {@code user.}, which Java adds. */
    private static final String LINUX = "xdg.origin.url";

    private static final long TIMEOUT_SECONDS = 10;

    private MarkOfTheWeb() {}

    /** Marks a file. Logs a failure but does not throw an exception, because the file itself is saved. */
    static void set(Path file) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        try {
            if (system.startsWith("mac")) {
                run(quarantine(file, Files.getLastModifiedTime(file).toInstant()));
            } else if (system.startsWith("windows")) {
                write(file, WINDOWS, INTERNET_ZONE);
            } else {
                write(file, LINUX, "tidemark:attachment");
            }
        } catch (IOException e) {
            LOG.info("A saved attachment cannot be marked as coming from another computer: {}", e.getClass());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Path file, String name, String value) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /**
     * Returns the command that marks a file on macOS. Java itself cannot, because it adds {@code user.} to attribute
     * names.
     */
    static List<String> quarantine(Path file, Instant saved) {
        String value = String.format(Locale.ROOT, "0081;%08x;Tidemark;", saved.getEpochSecond());
        return List.of(
                "/usr/bin/xattr",
                "-w",
                "com.apple.quarantine",
                value,
                file.toAbsolutePath().toString());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("xattr has failed");
        }
    }
}
