package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.files.SystemError;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Turns file system errors into problems that name a remedy. */
final class FolderErrors {
    private FolderErrors() {}

    /**
     * @param problem the problem, whose text has placeholders for the path and the reason
     */
    static StorageException explain(IOException cause, Problem problem, Path path) {
        Object reason = reason(cause);
        return reason == Problem.DRIVE_LOST
                ? new StorageException.UnreachableException(cause, problem, path, reason)
                : new StorageException(cause, problem, path, reason);
    }

    /** Returns the path in the exception, such as that of a subfolder. If it has none, returns the given path. */
    static Path pathIn(IOException cause, Path otherwise) {
        return cause instanceof FileSystemException system && system.getFile() != null
                ? otherwise.resolve(Objects.requireNonNull(system.getFile()))
                : otherwise;
    }

    /** Returns the reason for an error: a known problem, or else the system's own message. */
    private static Object reason(IOException cause) {
        Problem known = SystemError.of(cause).map(FolderErrors::problem).orElse(null);
        if (known != null) {
            return known;
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
        String message = SystemError.osMessage(cause);
        return ErrorText.text(message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private static Problem problem(SystemError error) {
        return switch (error) {
            case FULL -> Problem.DISK_FULL;
            case QUOTA -> Problem.DISK_QUOTA;
            case READ_ONLY -> Problem.DISK_READ_ONLY;
            case FAILED -> Problem.DISK_ERROR;
            case LOST -> Problem.DRIVE_LOST;
            case UNSUPPORTED -> Problem.DRIVE_UNABLE;
            case ONLINE_ONLY -> Problem.FILE_ONLINE_ONLY;
        };
    }
}
