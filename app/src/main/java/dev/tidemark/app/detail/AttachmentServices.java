package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.blob.BlobId;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What is needed to work with attached files. Immutable.
 *
 * @param fetcher brings here what is on other devices
 * @param downloads where that is waited for, which may take for ever
 * @param copies the copies that other programs open
 * @param opener opens a file or an address with the program that the system has for it
 */
public record AttachmentServices(
        Fetcher fetcher, SerialTaskRunner downloads, OpenedFileCache copies, Consumer<URI> opener) {
    /** Brings files here. */
    @FunctionalInterface
    public interface Fetcher {
        /**
         * Returns when it is here.
         *
         * @param progress told how many bytes are here, on the calling thread; ends it by throwing
         */
        void fetch(BlobId id, LongConsumer progress);
    }
}
