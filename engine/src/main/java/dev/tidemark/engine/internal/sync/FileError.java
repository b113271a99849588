package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.storage.StorageException;

/**
 * Why one file of a remote cannot be used, while everything else can go on.
 *
 * @param kind what that means
 * @param reason why, in a sentence without places
 */
record FileError(FileErrorRegistry.Kind kind, Problem reason) {
    /** @throws TidemarkException the failure, if it is not of one file alone */
    static FileError of(TidemarkException failure) {
        return switch (failure) {
            case DamagedFileException damage
            when damage.reason() == Problem.FILE_NO_MEMORY ->
                new FileError(FileErrorRegistry.Kind.NO_MEMORY, Problem.FILE_NO_MEMORY);
            case DamagedFileException damage -> new FileError(FileErrorRegistry.Kind.QUARANTINED, damage.reason());
            case NewerFormatException newer -> new FileError(FileErrorRegistry.Kind.NEWER, Problem.FILE_NEWER);
            case StorageException.ObjectMissingException missing ->
                new FileError(FileErrorRegistry.Kind.VANISHED, Problem.FILE_VANISHED);
            case StorageException unread
            when isUnreadable(unread) -> new FileError(FileErrorRegistry.Kind.UNREADABLE, Problem.FILE_UNREADABLE);
            default -> throw failure;
        };
    }

    /** Whether only this file cannot be read: the disk fails there, or a folder tool does not have it here. */
    static boolean isUnreadable(StorageException failure) {
        return failure.problem() == Problem.STORAGE_FILE_NOT_READ;
    }
}
