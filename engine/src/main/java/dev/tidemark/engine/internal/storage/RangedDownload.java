package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** Downloads a large object range by range into a file. A later call with the same folder resumes the download. */
public final class RangedDownload {
    /** The number of bytes per request. An interrupted connection loses at most one range. */
    public static final int RANGE = 8 << 20;

    private static final String PARTIAL = "download";

    private RangedDownload() {}

    /** Reads ranges of the object. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns {@code length} bytes of the object from a position. Returns fewer bytes only at the end of the
         * object, and none beyond it.
         */
        byte[] range(long from, int length);
    }

    /** See {@link dev.tidemark.engine.storage.RemoteStorage#download}. */
    public static void run(Path file, Path notes, LongConsumer progress, Source source) {
        Path partial = notes.resolve(PARTIAL);
        try (FileChannel channel = OwnerOnlyFiles.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long size = channel.size();
            channel.position(size);
            progress.accept(size);
            boolean isWhole = false;
            while (!isWhole) {
                byte[] range = source.range(size, RANGE);
                isWhole = range.length < RANGE;
                ByteBuffer bytes = ByteBuffer.wrap(range);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                size += range.length;
                progress.accept(size);
            }
        } catch (IOException e) {
            throw LargeFiles.notWritten(partial, e);
        }
        try {
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw LargeFiles.notWritten(file, e);
        }
    }
}
