package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;

/**
 * Why one file of a storage cannot be used. The sync continues without the file.
 *
 * @param kind how syncs treat the file
 * @param reason the reason, a message without placeholders
 */
record FileError(FileErrorRegistry.Kind kind, Problem reason) {
    /**
     * @throws TidemarkException the given failure, if it concerns more than this file
     */
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

    /** Whether only this file cannot be read, because the disk fails or a sync client has not downloaded the file. */
    static boolean isUnreadable(StorageException failure) {
        return failure.problem() == Problem.STORAGE_FILE_NOT_READ;
    }
}
