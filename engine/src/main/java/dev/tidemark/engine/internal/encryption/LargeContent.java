package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Content that passes through a small buffer. */
final class LargeContent {
    static final int BUFFER = 64 << 10;

    private LargeContent() {}

    /** Takes some bytes. */
    interface ChunkConsumer {
        void accept(byte[] buffer, int from, int length) throws IOException;
    }

    static void each(InputStream content, ChunkConsumer taker) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            taker.accept(buffer, 0, read);
        }
    }

    static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads from a file of age.
     *
     * @throws DamagedFileException if it was changed or cut off
     */
    static int read(ReadableByteChannel channel, ByteBuffer buffer, String name) {
        try {
            return channel.read(buffer);
        } catch (IOException | RuntimeException e) {
            // What lies in a storage may be anything.
            throw new DamagedFileException(name, Problem.FILE_NOT_DECRYPTED, e);
        }
    }

    /** The same channel, which stays open so that it can be made durable. */
    static WritableByteChannel uncloseable(WritableByteChannel channel) {
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
                // Whoever opened it closes it.
            }
        };
    }
}
