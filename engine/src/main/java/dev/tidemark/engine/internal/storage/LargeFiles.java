package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes local files with the content of large objects, and bounds their length. */
public final class LargeFiles {
    /** The maximal size of an object in bytes. */
    public static final long LARGEST = 1L << 30;

    private LargeFiles() {}

    /** Returns the content. Fails with {@link #tooLarge} if it is longer than {@code most} bytes. */
    public static byte[] requireAtMost(String name, byte[] content, long most) {
        if (content.length > most) {
            throw tooLarge(name);
        }
        return content;
    }

    /**
     * Reads an object of at most {@code most} bytes.
     *
     * @param size the length in bytes that the storage reports
     */
    public static byte[] read(String name, InputStream content, long size, long most) throws IOException {
        if (size > most) {
            throw tooLarge(name);
        }
        byte[] bytes = content.readNBytes((int) Math.min(most, LARGEST));
        if (content.read() >= 0) {
            throw tooLarge(name);
        }
        return bytes;
    }

    /** Returns the error for an object that is longer than allowed. */
    public static DamagedFileException tooLarge(String name) {
        return new DamagedFileException(name, Problem.FILE_TOO_LARGE);
    }

    /** Reads the whole file. */
    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw notRead(file, e);
        }
    }

    /** Replaces the file's content. Creates the file if it does not exist. */
    public static void write(Path file, byte[] content) {
        try {
            OwnerOnlyFiles.createIfMissing(file);
            Files.write(file, content);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** Returns the error for a file that cannot be read. */
    public static StorageException notRead(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_READ, file, ErrorText.of(cause));
    }

    /** Returns the error for a file that cannot be written. */
    public static StorageException notWritten(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_WRITTEN, file, ErrorText.of(cause));
    }
}
