package dev.tidemark.engine.blob;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * The files that a database's rows refer to, as far as they are on this device: in a folder beside the database, each
 * content once.
 *
 * <pre>{@code
 * BlobId content = database.blobs().add(file);
 * database.write(tx -> tx.execute(
 *         "INSERT INTO picture(id, content) VALUES (?, ?)", Ids.next(), content.bytes()));
 * }</pre>
 *
 * <p>The column is declared with {@link dev.tidemark.engine.Schema.Builder#blobs}. A sync puts the file into the storage before it
 * publishes the row. On other devices it is not here until {@code RemoteLibrary.downloadBlob} brings it. What no row
 * refers to goes after a month, or with {@link dev.tidemark.engine.Database#discardBlobs}.
 *
 * <p>Thread-safe; several processes may use the same database's.
 */
public interface Blobs {
    /** How many bytes a blob has at most: 100 MiB. */
    long MAX_BYTES = 100L << 20;

    /**
     * How much of them is here.
     *
     * @param count how many
     * @param bytes their sizes together
     */
    record LocalUsage(long count, long bytes) {}

    /**
     * Takes a file in. It is durable when this returns; the row that refers to it is written afterwards.
     *
     * @throws BlobException if it cannot be read, is empty or too large, or there is no room; nothing is left of it
     */
    BlobId add(Path file);

    /**
     * Takes in what a stream gives to its end, as {@link #add(Path)} does.
     *
     * @param content is read but not closed
     * @throws BlobException if it fails, is empty or too large, or there is no room; nothing is left of it
     */
    BlobId add(InputStream content);

    /** Whether it is here, so that it can be opened without a storage. Its content is not looked at. */
    boolean isLocal(BlobId id);

    /** How many bytes it has; 0 if it is not here. */
    long size(BlobId id);

    /**
     * Its content, which was compared with the id: what is damaged is not given.
     *
     * @return to be closed by the caller
     * @throws BlobException if it is not here, or damaged: then {@code RemoteLibrary.downloadBlob} may have it
     */
    InputStream open(BlobId id);

    /**
     * Copies its content to a file, which is then there as a whole or, if this fails, as it was before.
     *
     * @param target replaced if it is there
     * @throws BlobException as {@link #open}, or if the file cannot be written
     */
    void save(BlobId id, Path target);

    /** How much of them is here, whether or not rows refer to it. */
    LocalUsage localUsage();
}
