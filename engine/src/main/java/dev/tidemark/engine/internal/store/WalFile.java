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
 * Syncs and rewrites the WAL file of a database. SQLite writes the file in place, and does not replace or remove it
 * while any connection is open, so this object can keep the file open. Closing the file releases none of SQLite's
 * locks, which are on the database and the shared-memory file. Not thread-safe.
 */
class WalFile implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final Path file;
    private FileChannel channel;

    /**
     * Opens the WAL of a database that a connection has opened already, and makes the name of the WAL durable, because
     * SQLite does that only with its own first sync, which may come later.
     */
    WalFile(Path database) throws IOException {
        file = database.toAbsolutePath().resolveSibling(database.getFileName() + "-wal");
        DirectoryFsync.force(Objects.requireNonNull(file.getParent()));
        channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Syncs everything that was written to the WAL before. */
    void force() throws IOException {
        uninterrupted(() -> channel.force(false));
    }

    /**
     * Writes the WAL again unchanged, and syncs it. After a failed fsync, Linux treats the lost pages as written, so a
     * later fsync alone would not write them. There must be no other writer meanwhile.
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

    /** Repeats the work after an interrupt, which closes the channel but does not mean that the disk failed. */
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
