package dev.tidemark.app.retention;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.remote.RemoteLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sizes of the parts of a library, in bytes. Immutable.
 *
 * @param database the size of the database and its WAL
 * @param changes the number of changes in the changelog
 * @param changelog the size of the compressed changes, which are a part of the database
 * @param attachments the number of attachments on this device
 * @param attachmentBytes the total size of these attachments
 * @param backups the number of backups on this device
 * @param backupBytes the total size of the database files in these backups; excludes attachments, because backups share
 *     attachment files
 * @param storage the size of this device's uploads in the storage; 0 if no storage is set
 */
public record LibrarySizes(
        long database,
        long changes,
        long changelog,
        long attachments,
        long attachmentBytes,
        long backups,
        long backupBytes,
        long storage) {

    /**
     * Measures the library. Takes milliseconds, or longer if there are many attachments.
     *
     * @param location the address of the storage; empty if no storage is set
     * @throws UncheckedIOException if a file cannot be read
     */
    public static LibrarySizes read(Database database, Backups backups, String location) {
        Path file = database.file();
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        var statistics = database.changelog().statistics();
        Blobs.LocalUsage usage = database.blobs().localUsage();
        List<Backup> all = backups.list();
        return new LibrarySizes(
                size(file) + (Files.exists(wal) ? size(wal) : 0),
                statistics.all().entries(),
                statistics.storedBytes(),
                usage.count(),
                usage.bytes(),
                all.size(),
                all.stream().mapToLong(Backup::bytes).sum(),
                location.isEmpty() ? 0 : RemoteLibrary.storedBytes(database, location));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
