package dev.tidemark.engine.blob;

import dev.tidemark.engine.problem.BlobException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Stores and opens those blobs of a database that are on this device. Blobs are files in a folder beside the database,
 * and rows refer to them. Each content is stored only once.
 *
 * <pre>{@code
 * BlobId content = database.blobs().add(file);
 * database.write(tx -> tx.execute(
 *         "INSERT INTO picture(id, content) VALUES (?, ?)", Ids.next(), content.bytes()));
 * }</pre>
 *
 * <p>Declare the column with {@link dev.tidemark.engine.Schema.Builder#blobs}. A sync uploads the blob before the row
 * that refers to it. Another device downloads the blob only when {@code RemoteLibrary.downloadBlob} is called. The
 * engine removes a blob after no row has referred to it for a month. {@link dev.tidemark.engine.Database#discardBlobs}
 * removes it earlier.
 *
 * <p>Thread-safe. Several processes may use the blobs of one database.
 */
public interface Blobs {
    /** The largest size of a blob in bytes: 100 MiB. */
    long MAX_BYTES = 100L << 20;

    /**
     * The number and size of the blobs on this device.
     *
     * @param count the number of blobs
     * @param bytes the sum of their sizes
     */
    record LocalUsage(long count, long bytes) {}

    /**
     * Adds a copy of a file. When this method returns, the blob is durable, and the row that refers to it can be
     * written.
     *
     * @throws BlobException if the file cannot be read, is empty or too large, or the disk is full. Nothing is added
     *     then.
     */
    BlobId add(Path file);

    /**
     * Adds the content of a stream, as {@link #add(Path)} does.
     *
     * @param content the stream, which is not closed
     * @throws BlobException if the stream fails, is empty or too large, or the disk is full. Nothing is added then.
     */
    BlobId add(InputStream content);

    /** Returns whether the blob is on this device and opens without a storage. Does not verify the content. */
    boolean isLocal(BlobId id);

    /** Returns the blob's size in bytes; 0 if it is not on this device. */
    long size(BlobId id);

    /**
     * Verifies the blob's content against the id, then opens it. Never returns damaged content.
     *
     * @return a stream that the caller closes
     * @throws BlobException if the blob is damaged or not on this device. {@code RemoteLibrary.downloadBlob} may then
     *     download it.
     */
    InputStream open(BlobId id);

    /**
     * Copies the blob's content to a file. If copying fails, the file is unchanged.
     *
     * @param target replaced if it exists
     * @throws BlobException if the blob is damaged or not on this device, or the file cannot be written
     */
    void save(BlobId id, Path target);

    /** Returns the number and size of the blobs on this device. Includes blobs that no row refers to. */
    LocalUsage localUsage();
}
