package dev.tidemark.app.detail;

import dev.tidemark.engine.blob.BlobId;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What is needed to work with attached files. Immutable.
 *
 * @param fetcher brings here what is on other devices
 * @param folder where files lie that were opened; made when needed
 * @param opener opens a file or an address with the program that the system has for it
 */
public record AttachmentDesk(Fetcher fetcher, Path folder, Consumer<URI> opener) {
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
