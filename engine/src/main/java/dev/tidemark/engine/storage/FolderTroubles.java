package dev.tidemark.engine.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Says in a sentence what a file system refused, and what a person can do. */
final class FolderTroubles {
    private FolderTroubles() {}

    static StorageException explain(String what, IOException cause) {
        return new StorageException(what + ": " + reason(cause) + ".", cause);
    }

    private static String reason(IOException cause) {
        String said = cause instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(cause.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("disk is full")) {
            return "the disk is full. Free some space, then sync again";
        }
        if (lower.contains("quota")) {
            return "your quota there is used up. Free some space, then sync again";
        }
        if (lower.contains("read-only file system")) {
            return "its drive is read-only";
        }
        if (cause instanceof AccessDeniedException) {
            return "you may not do that there. Check its permissions";
        }
        if (cause instanceof NoSuchFileException) {
            return "the folder is not there any more";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "it was interrupted";
        }
        return said.isBlank() || said.equals("null") ? cause.getClass().getSimpleName() : said;
    }
}
