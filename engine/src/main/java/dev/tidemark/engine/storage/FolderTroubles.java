package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.problem.Said;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in a sentence what a file system refused, and what a person can do. */
final class FolderTroubles {
    private FolderTroubles() {}

    /** @param what has places for the path and for why */
    static StorageException explain(IOException cause, Problem what, Path path) {
        return new StorageException(cause, what, path, reason(cause));
    }

    /** Why: a problem, or what the system says in its words. */
    private static Object reason(IOException cause) {
        String said = cause instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(cause.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("disk is full")) {
            return Problem.DISK_FULL;
        }
        if (lower.contains("quota")) {
            return Problem.DISK_QUOTA;
        }
        if (lower.contains("read-only file system")) {
            return Problem.DISK_READ_ONLY;
        }
        if (cause instanceof AccessDeniedException) {
            return Problem.FILE_NOT_ALLOWED;
        }
        if (cause instanceof NoSuchFileException) {
            return Problem.FOLDER_GONE;
        }
        if (cause instanceof ClosedByInterruptException) {
            return Problem.INTERRUPTED;
        }
        return Said.text(
                said.isBlank() || said.equals("null") ? cause.getClass().getSimpleName() : said);
    }
}
