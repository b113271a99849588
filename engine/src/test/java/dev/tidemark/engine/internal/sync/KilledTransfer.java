package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.s3.S3Server;
import dev.tidemark.engine.storage.s3.S3Storage;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs a device in a separate process that reports when a transfer is half done, and waits to be killed. */
final class KilledTransfer {
    /** What it is in the middle of. */
    enum Work {
        ADD,
        UPLOAD,
        DOWNLOAD
    }

    private KilledTransfer() {}

    /** Arguments: the work, the database, the server's endpoint, the bucket, the blob. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path file = Path.of(arguments[1]);
        try (Database database = Database.open(file, BlobFixture.SCHEMA);
                RemoteStorage storage = S3Storage.open(S3Server.options(arguments[2], arguments[3], "notes"))) {
            RemoteLibrary library = RemoteLibrary.open(database, storage);
            switch (Work.valueOf(arguments[0])) {
                case ADD -> database.blobs().add(endless(out));
                case UPLOAD ->
                    library.sync(SyncOptions.DEFAULT.cancelledWhen(() -> {
                        if (hasConfirmedPart(file)) {
                            half(out);
                        }
                        return false;
                    }));
                case DOWNLOAD ->
                    library.downloadBlob(new BlobId(arguments[4]), bytes -> {
                        if (bytes > 0) {
                            half(out);
                        }
                    });
            }
        }
    }

    private static InputStream endless(PrintStream out) {
        return new InputStream() {
            private int given;

            @Override
            public int read() {
                if (given++ > 1 << 20) {
                    half(out);
                }
                return 7;
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                java.util.Arrays.fill(buffer, from, from + length, (byte) read());
                given += length;
                return length;
            }
        };
    }

    /** After the lines for the upload comes one for each part. */
    private static boolean hasConfirmedPart(Path database) {
        Path transfers = database.resolveSibling(database.getFileName() + ".blobs/transfers");
        if (!Files.isDirectory(transfers)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(transfers)) {
            for (Path notes : files.filter(each -> each.endsWith("upload")).toList()) {
                if (Files.readAllLines(notes).size() > 2) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void half(PrintStream out) {
        out.println("half");
        try {
            // Nothing ever comes: the one who listens kills.
            while (System.in.read() >= 0) {
                out.println("waiting");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
