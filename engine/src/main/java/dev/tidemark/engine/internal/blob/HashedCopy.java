package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** The result of copying a stream to a file while hashing it. */
record HashedCopy(BlobId id, long size) {
    private static final int BUFFER = 64 << 10;

    /**
     * Copies a stream to a file and fsyncs the file, but not its folder.
     *
     * @param most the largest size in bytes that is accepted
     * @param name the name of the stream in error messages
     */
    static HashedCopy of(InputStream content, Path target, long most, String name) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel channel = OwnerOnlyFiles.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int read = read(content, buffer, name); read >= 0; read = read(content, buffer, name)) {
                size += read;
                if (size > most) {
                    throw new BlobException(Problem.BLOB_TOO_LARGE, most >> 20);
                }
                digest.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
        return new HashedCopy(BlobId.of(digest.digest()), size);
    }

    private static int read(InputStream content, byte[] buffer, String name) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_READ, name, ErrorText.of(e));
        }
    }

    static BlobId idOf(Path file) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return BlobId.of(digest.digest());
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
