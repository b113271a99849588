package dev.tidemark.engine.sync;

import dev.tidemark.engine.internal.sync.LibraryCopier;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Copies a library from one storage to another, object by object, encrypted or not and without its keys. What is there
 * already is left, so that a copy that ended early is taken up by the next. Devices go on with the old storage until they
 * are told of the new one; what they publish meanwhile comes with another copy. Immutable.
 *
 * @param objects how many were copied, or are there already
 * @param bytes their lengths together
 * @param copied how many of them this copy has moved
 * @param copiedBytes the lengths of these
 */
public record LibraryCopy(long objects, long bytes, long copied, long copiedBytes) {
    /**
     * Copies.
     *
     * @param from stays open, and is only read
     * @param to stays open
     * @param workspace a folder, made if there is none, in which what is large lies meanwhile: nothing is held in memory whole
     *     that is larger than 16 MiB, if both storages can do without
     * @param progress told after each object, with what is known then
     * @throws SyncException if {@code from} holds no library, {@code to} holds anything of another, or both are one place
     * @throws dev.tidemark.engine.storage.StorageException if a storage fails; what was copied until then stays
     */
    public static LibraryCopy copy(
            RemoteStorage from, RemoteStorage to, Path workspace, Consumer<LibraryCopy> progress) {
        return new LibraryCopier(from, to, workspace, progress).run();
    }
}
