package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Copies content through a small buffer. */
final class LargeContent {
    static final int BUFFER = 64 << 10;

    private LargeContent() {}

    /** Consumes a chunk of bytes. */
    interface ChunkConsumer {
        void accept(byte[] buffer, int from, int length) throws IOException;
    }

    static void each(InputStream content, ChunkConsumer consumer) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            consumer.accept(buffer, 0, read);
        }
    }

    static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads decrypted bytes from an age file.
     *
     * @throws DamagedFileException if the file was modified or truncated
     */
    static int read(ReadableByteChannel channel, ByteBuffer buffer, String name) {
        try {
            return channel.read(buffer);
        } catch (IOException | RuntimeException e) {
            // Files in a storage may have any content. For some, the library throws unchecked exceptions.
            throw new DamagedFileException(name, Problem.FILE_NOT_DECRYPTED, e);
        }
    }

    /**
     * Returns a wrapper of the channel. Closing the wrapper does not close the channel, so that the channel can be
     * fsynced.
     */
    static WritableByteChannel nonClosing(WritableByteChannel channel) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                return channel.write(bytes);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() {
                // The code that opened the channel closes it.
            }
        };
    }
}
