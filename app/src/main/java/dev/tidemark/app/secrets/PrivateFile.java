package dev.tidemark.app.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Files that a person saves and others on the machine should not read, such as a recovery code. Thread-safe. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Writes a whole file that only its owner may read, where the file system knows owners; what was there before is replaced, or
     * stays as it was.
     *
     * @param file in a folder that exists
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file lies in a folder");
        // Such files are made for their owner alone, and keep that when they are renamed.
        Path beside = Files.createTempFile(folder, ".tidemark-", ".tmp");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
