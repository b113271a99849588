package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.files.DirectoryFsync;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * SQLite's write-ahead log as a file to be synced. SQLite writes it and starts it over in place; it neither replaces nor
 * removes it while a connection is open, in whatever process, so this may hold on to it. Closing it harms none of SQLite's
 * locks, which are on the other two files. Not thread-safe.
 */
class WalFile implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final Path file;
    private FileChannel channel;

    /**
     * Opens the log of a database that a connection has open already, and makes its name durable: SQLite would do that
     * with its own first sync only, which may come later than ours.
     */
    WalFile(Path database) throws IOException {
        file = database.toAbsolutePath().resolveSibling(database.getFileName() + "-wal");
        DirectoryFsync.force(Objects.requireNonNull(file.getParent()));
        channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Returns when everything written to the log before is on the disk. */
    void force() throws IOException {
        uninterrupted(() -> channel.force(false));
    }

    /**
     * Writes the log once more as it is, and syncs it. After a failed fsync Linux takes what it did not save for saved, and
     * a later fsync proves nothing unless it is written again. Nobody else may write meanwhile.
     */
    void rewrite() throws IOException {
        uninterrupted(() -> {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            long size = channel.size();
            for (long position = 0; position < size; position += piece.limit()) {
                piece.clear().limit((int) Math.min(PIECE, size - position));
                transfer(piece, position);
            }
            channel.force(false);
        });
    }

    private void transfer(ByteBuffer piece, long position) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.read(piece, position + piece.position()) < 0) {
                throw new EOFException(file + " became shorter while it was saved again");
            }
        }
        piece.flip();
        while (piece.hasRemaining()) {
            channel.write(piece, position + piece.position());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Interrupting a thread closes the channel under it, which says nothing of the disk: then once more. */
    private void uninterrupted(Work work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    work.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    channel = open();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
