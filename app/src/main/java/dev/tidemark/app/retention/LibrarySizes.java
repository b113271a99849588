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
 * @param database the database with its WAL
 * @param changes the number of changes in the changelog
 * @param changelog the compressed changes, a part of the database
 * @param attachments the number of attachments on this device
 * @param attachmentBytes their sizes
 * @param backups the number of backups on this device
 * @param backupBytes their databases; attachments in backups share their files
 * @param storage what this device has uploaded to the storage; 0 without one
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
     * Measures the library: milliseconds, and some more for many attachments.
     *
     * @param location the address of the storage; empty without one
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
