package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.problem.Said;
import dev.tidemark.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files on this device from which large objects are put, or to which they are fetched. */
public final class LargeFiles {
    private LargeFiles() {}

    /** The whole file. */
    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw notRead(file, e);
        }
    }

    /** Replaces the file. */
    public static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** It cannot be read. */
    public static StorageException notRead(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_READ, file, Said.by(cause));
    }

    /** It cannot be written. */
    public static StorageException notWritten(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_WRITTEN, file, Said.by(cause));
    }
}
