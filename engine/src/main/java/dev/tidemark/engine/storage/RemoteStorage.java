package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores whole objects under names. It needs no locks, renames, conditional writes or reliable file times.
 *
 * <p>A name is one or more segments joined by {@code /}. A segment has 1 to 120 characters of {@code a-z 0-9 . - _},
 * does not begin or end with a dot, does not end in {@code .tmp} or {@code .part}, and does not contain
 * {@code sync-conflict} or {@code conflicted}. No name may be the folder of another, as {@code a} would be of
 * {@code a/b}. Implementations must be thread-safe. A {@link StorageException} states what failed and why. Callers may
 * retry.
 */
public interface RemoteStorage extends AutoCloseable {
    /**
     * An object's name and size.
     *
     * @param name the object's full name
     * @param size the object's length in bytes
     */
    record StoredObject(String name, long size) {}

    /**
     * Returns all objects whose names begin with the prefix, sorted by name (as ASCII). Omits files whose names do not
     * have the form of an object name. In some storages, the listing may lag behind recent puts and deletes.
     *
     * @param prefix the beginning of the names; empty for all names
     * @param after only names that sort after this one are listed; {@code null} for all
     */
    List<StoredObject> list(String prefix, @Nullable String after);

    /**
     * Returns the whole object.
     *
     * @throws StorageException.ObjectMissingException if there is no object of that name
     */
    byte[] get(String name);

    /**
     * Returns the whole object if it is not longer than a limit. A listed length does not suffice for this, because a
     * file may have grown since, and a server may send anything. A storage must not read more bytes than the limit. A
     * wrapper must pass the limit on.
     *
     * @param most the maximal number of bytes to read
     * @throws StorageException.ObjectMissingException if there is no object of that name
     * @throws TidemarkException with {@link Problem#FILE_DAMAGED} if the object is longer
     */
    default byte[] get(String name, long most) {
        return LargeFiles.requireAtMost(name, get(name), most);
    }

    /**
     * Stores a whole object of at least one byte. Other readers see all of it or nothing. When this method returns, the
     * object is durable. Storing the same bytes under the same name again is harmless.
     *
     * @throws IllegalArgumentException if the name does not have the form of an object name
     */
    void put(String name, byte[] content);

    /**
     * Stores a large object from a file, like {@link #put}. If the storage supports it, a later call with the same
     * folder resumes an interrupted upload. Otherwise the later call uploads the whole object.
     *
     * @param file the content, which must not change until an upload has succeeded
     * @param notes a folder for the files that the storage needs to resume. Use it only for this object in this
     *     storage.
     * @param progress receives the number of bytes uploaded so far, at first that of earlier calls. An exception from
     *     it cancels the upload.
     */
    default void upload(String name, Path file, Path notes, LongConsumer progress) {
        byte[] content = LargeFiles.read(file);
        progress.accept(0);
        put(name, content);
        progress.accept(content.length);
    }

    /**
     * Downloads a large object to a file, like {@link #get}. If the storage supports it, a later call with the same
     * folder resumes an interrupted download. Otherwise the later call downloads the whole object. The caller must
     * verify a resumed download, because the object may have been replaced in between.
     *
     * @param file the target, which is replaced if it exists
     * @param notes a folder for the files that the storage needs to resume. Use it only for this object in this
     *     storage.
     * @param progress receives the number of bytes downloaded so far, at first that of earlier calls. An exception from
     *     it cancels the download.
     * @throws StorageException.ObjectMissingException if there is no object of that name
     */
    default void download(String name, Path file, Path notes, LongConsumer progress) {
        progress.accept(0);
        byte[] content = get(name);
        LargeFiles.write(file, content);
        progress.accept(content.length);
    }

    /** Removes an object. Does nothing if there is no object of that name. */
    void delete(String name);

    /** Whether listing costs nothing. A service may then list every second to notice changes. */
    default boolean isListingFree() {
        return false;
    }

    /**
     * Calls the listener, on another thread, when this or another program may have changed objects in a range. Changes
     * may be missed, for example on network drives, so callers must still list from time to time.
     *
     * @param prefix as for {@link #list}
     * @param after as for {@link #list}
     * @param changed receives the name of an object that may have been stored, changed or removed, or the empty text if
     *     any object may have been. It must return soon.
     * @return the running watch; empty if this storage cannot report changes
     */
    default Optional<Watch> watch(String prefix, @Nullable String after, Consumer<String> changed) {
        return Optional.empty();
    }

    /** A running watch of a storage. Thread-safe. */
    interface Watch extends AutoCloseable {
        /** Whether the watch still reports changes. It does not if its folder is missing or the system has ended it. */
        boolean isActive();

        /** Ends the watch. Closing twice does nothing. */
        @Override
        void close();
    }

    /** The maximal number of objects that one request lists. Longer listings take several requests. */
    default int listPageSize() {
        return Integer.MAX_VALUE;
    }

    /**
     * Returns how far this computer's clock was ahead of the storage's at the last request; empty if that is unknown.
     * The duration is negative if the clock was behind. Its error may be as large as the duration of that request.
     */
    default Optional<Duration> clockAhead() {
        return Optional.empty();
    }

    /**
     * Returns the part of this storage below a prefix, as a separate storage. One folder or bucket can thus have
     * several libraries. Closing the returned storage closes this one.
     *
     * @param prefix a name such as {@code notes} or {@code ann/notes}
     * @throws IllegalArgumentException if the prefix does not have the form of an object name
     */
    default RemoteStorage withPrefix(String prefix) {
        return new PrefixedStorage(this, prefix);
    }

    /**
     * Returns the storage's address, such as {@code /home/ann/Sync}, which is not translated. It is equal for equal
     * storages, and contains no secret.
     */
    String description();

    /** Releases connections. Closing twice does nothing. */
    @Override
    void close();
}
