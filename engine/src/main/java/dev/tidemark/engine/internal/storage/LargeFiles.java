package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files on this device from which large objects are put, or to which they are fetched. */
public final class LargeFiles {
    /** What is larger is no object of ours. */
    public static final long LARGEST = 1L << 30;

    private LargeFiles() {}

    /** Returns the object's content, if it is no longer than this. */
    public static byte[] requireAtMost(String name, byte[] content, long most) {
        if (content.length > most) {
            throw tooLarge(name);
        }
        return content;
    }

    /**
     * Reads an object, and no more of it than this.
     *
     * @param size how long it seems to be
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

    /** An object is longer than it may be. */
    public static DamagedFileException tooLarge(String name) {
        return new DamagedFileException(name, Problem.FILE_TOO_LARGE);
    }

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
            OwnerOnlyFiles.createIfMissing(file);
            Files.write(file, content);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** It cannot be read. */
    public static StorageException notRead(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_READ, file, ErrorText.of(cause));
    }

    /** It cannot be written. */
    public static StorageException notWritten(Path file, IOException cause) {
        return new StorageException(cause, Problem.STORAGE_FILE_NOT_WRITTEN, file, ErrorText.of(cause));
    }
}
