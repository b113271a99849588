package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.internal.storage.LargeFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Dumb storage of whole objects under names: no locks, no rename, no conditional writes, no trust in times.
 *
 * <p>A name is one or more segments joined by {@code /}; a segment has 1 to 120 characters of {@code a-z 0-9 . - _} and
 * does not begin or end with a dot, does not end in {@code .tmp} or {@code .part}, and does not contain {@code
 * sync-conflict} or {@code conflicted}. No name is the folder of another ({@code a} and {@code a/b}). Implementations are thread-safe, and throw {@link StorageException} with a sentence that
 * names what failed and why; the operation can then be repeated.
 */
public interface RemoteStorage extends AutoCloseable {
    /**
     * An object's name and size.
     *
     * @param name its whole name
     * @param size its length in bytes
     */
    record StoredObject(String name, long size) {}

    /**
     * All objects whose name begins with the prefix, sorted by name (as ASCII). What does not have the form of a name is
     * left out. May lag behind puts and deletes where the storage does.
     *
     * @param prefix the beginning of the names; empty for all
     * @param after only names greater than this one; {@code null} for all
     */
    List<StoredObject> list(String prefix, @Nullable String after);

    /**
     * The whole object.
     *
     * @throws StorageException.ObjectMissingException if there is none of that name
     */
    byte[] get(String name);

    /**
     * The whole object, if it is no longer than this. What a listing says of a length is a claim: a file may have grown since, and a
     * server may send anything. Storages read no more than this; those that wrap another one pass it on.
     *
     * @param most how many bytes are read at most
     * @throws StorageException.ObjectMissingException if there is none of that name
     * @throws TidemarkException with {@link Problem#FILE_DAMAGED} if it is longer
     */
    default byte[] get(String name, long most) {
        return LargeFiles.requireAtMost(name, get(name), most);
    }

    /**
     * Stores a whole object of at least one byte, visible to others entirely or not at all, and durable when this
     * returns. Storing the same bytes under the same name again is harmless.
     *
     * @throws IllegalArgumentException if the name does not have the form of a name
     */
    void put(String name, byte[] content);

    /**
     * Stores a large object from a file, like {@link #put}. Where the storage can, an upload that was interrupted goes on where
     * it stopped when it is asked for again with the same folder; else the object is put whole.
     *
     * @param file the content; does not change until this was successful
     * @param notes a folder for this object in this storage alone, in which the storage may leave what it needs to go on
     * @param progress told how many bytes had arrived before, then how many have; ends the upload by throwing
     */
    default void upload(String name, Path file, Path notes, LongConsumer progress) {
        byte[] content = LargeFiles.read(file);
        progress.accept(0);
        put(name, content);
        progress.accept(content.length);
    }

    /**
     * Fetches a large object to a file, like {@link #get}. Where the storage can, a download that was interrupted goes on where
     * it stopped when it is asked for again with the same folder; else the object is fetched whole. What was put together in
     * several goes has to be checked, as the object may have been put again in between.
     *
     * @param file where to; replaced
     * @param notes a folder for this object in this storage alone, in which the storage may leave what it needs to go on
     * @param progress told how many bytes were here before, then how many are; ends the download by throwing
     * @throws StorageException.ObjectMissingException if there is none of that name
     */
    default void download(String name, Path file, Path notes, LongConsumer progress) {
        progress.accept(0);
        byte[] content = get(name);
        LargeFiles.write(file, content);
        progress.accept(content.length);
    }

    /** Removes an object; none of that name is fine. */
    void delete(String name);

    /** Whether listing costs nothing, so that it may be done every second to see whether others have changed something. */
    default boolean isListingFree() {
        return false;
    }

    /**
     * Has the listener told, on some other thread, when anybody (this program, too) may have changed objects in this range.
     * Something may go untold, as on drives of other machines: listing now and then remains necessary.
     *
     * @param prefix as for {@link #list}
     * @param after as for {@link #list}
     * @param changed takes the name of an object that may have come, changed or gone, or the empty text where that may be
     *     any; returns soon
     * @return goes on until it is closed; empty if this storage cannot tell
     */
    default Optional<Watch> watch(String prefix, @Nullable String after, Consumer<String> changed) {
        return Optional.empty();
    }

    /** A storage that tells what changes. Thread-safe. */
    interface Watch extends AutoCloseable {
        /** Whether it still tells: its folder may have gone, or the system refused to go on. */
        boolean isActive();

        /** Tells nothing more. Closing twice does nothing. */
        @Override
        void close();
    }

    /** How many objects one request lists at most: what a longer listing costs. */
    default int listPageSize() {
        return Integer.MAX_VALUE;
    }

    /**
     * How far this computer's clock is ahead of the storage's, negative if it is behind; empty where the storage has not
     * said. As of the last request, and about as exact as that was quick.
     */
    default Optional<Duration> clockAhead() {
        return Optional.empty();
    }

    /**
     * Returns the part of this storage below a prefix, as a storage of its own: several libraries fit into one folder or bucket.
     *
     * @param prefix a name such as {@code notes} or {@code ann/notes}; closing the returned storage closes this one
     * @throws IllegalArgumentException if the prefix does not have the form of a name
     */
    default RemoteStorage withPrefix(String prefix) {
        return new PrefixedStorage(this, prefix);
    }

    /** Where it is, in every language: {@code /home/ann/Sync}. The same for the same place, and never contains a secret. */
    String description();

    /** Lets go of connections. Closing twice does nothing. */
    @Override
    void close();
}
