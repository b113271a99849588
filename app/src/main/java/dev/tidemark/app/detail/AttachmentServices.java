package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.blob.BlobId;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The services that attachments need. Immutable.
 *
 * @param fetcher downloads content from the storage
 * @param downloads runs downloads, which may wait without limit
 * @param copies the copies that other programs open
 * @param opener opens a file or an address with the system's default program
 */
public record AttachmentServices(
        Fetcher fetcher, SerialTaskRunner downloads, OpenedFileCache copies, Consumer<URI> opener) {
    /** Downloads attachments. */
    @FunctionalInterface
    public interface Fetcher {
        /**
         * Downloads a blob; returns when it is complete.
         *
         * @param progress receives the number of downloaded bytes on the calling thread; cancels the download by
         *     throwing
         */
        void fetch(BlobId id, LongConsumer progress);
    }
}
