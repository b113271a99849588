package dev.tidemark.app.backup;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, creates and restores the backups of a profile. The folder of the backups contains a database file for each
 * backup, and each attachment once. Thread-safe, but two backups must not be made within a second.
 */
public record Backups(ProfileFolders folders, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Pattern ATTACHMENT = Pattern.compile("[0-9a-f]{64}");
    private static final String UNFINISHED = ".unfinished";

    /** A process with a window keeps this file locked while it uses the profile. */
    private static final String WINDOW_LOCK = "window.lock";

    /** Returns the backups, newest first. */
    public List<Backup> list() {
        List<Backup> backups = new ArrayList<>();
        Path folder = folders.backups();
        if (!Files.isDirectory(folder)) {
            return backups;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Instant at = Backup.time(String.valueOf(file.getFileName())).orElse(null);
                if (at != null) {
                    backups.add(new Backup(file, at, Files.size(file)));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "backup.unreadable", folder);
        }
        backups.sort(Comparator.comparing(Backup::at).reversed());
        return backups;
    }

    /**
     * Returns the backup with this name.
     *
     * @throws ProblemException if no backup has this name
     */
    public Backup find(String name) {
        return list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException("backup.unknown", name));
    }

    /**
     * Creates a backup, then removes the backups that {@link BackupRotation} does not keep. Other threads can write to
     * the database during the backup.
     *
     * @throws ProblemException if the attachments cannot be copied, in which case no backup was made; or if an old
     *     backup cannot be removed, in which case the new backup was made
     * @throws dev.tidemark.engine.problem.TidemarkException if the database cannot be copied, in which case no backup
     *     was made
     */
    public Backup create(Database database) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Path file = folders.backups().resolve(Backup.name(at));
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            PrivateFile.createFolders(attachments());
            removeUnfinished();
            database.maintenance().copyTo(unfinished);
            Backup backup = new Backup(file, at, Files.size(unfinished));
            PrivateFile.write(backup.attachments(), String.join("\n", copyAttachments()));
            PrivateFile.write(backup.checksum(), sha256(unfinished) + "\n" + sha256(backup.attachments()));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            removeOldAfter(backup);
            return backup;
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "backup.failed", folders.backups(), String.valueOf(e.getMessage()));
        }
    }

    private void removeOldAfter(Backup backup) {
        try {
            removeOld();
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "backup.oldNotRemoved", backup.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the folder with the attachments of all backups. The name of each file is its SHA-256 hash. */
    public Path attachments() {
        return folders.backups().resolve("attachments");
    }

    /** Removes copies that a crash or a power failure left unfinished. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folders.backups(), "*" + UNFINISHED)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * Adds the attachments that no backup has yet, and those whose copy is damaged. Creates hard links, or copies if the
     * file system cannot link. A linked copy is not read, because it is the same file.
     *
     * @return the names of all attachments on this device
     */
    private Set<String> copyAttachments() throws IOException {
        Set<String> names = names(folders.blobs());
        for (String name : names) {
            Path copy = attachments().resolve(name);
            Path blob = folders.blobs().resolve(name);
            if (Files.exists(copy) && (Files.isSameFile(copy, blob) || isIntact(copy, name))) {
                continue;
            }
            if (!isIntact(blob, name)) {
                LOG.warn("The attachment {} is damaged and is not added to the backup", name);
                continue;
            }
            Files.deleteIfExists(copy);
            try {
                Files.createLink(copy, blob);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} cannot be linked and is copied", blob, e);
                copyWhole(blob, copy);
            }
        }
        return names;
    }

    private static void copyWhole(Path file, Path copy) throws IOException {
        Path part = copy.resolveSibling(copy.getFileName() + UNFINISHED);
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        PrivateFile.restrictToOwner(part);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            }
        }
        names.removeIf(name -> !ATTACHMENT.matcher(name).matches());
        return names;
    }

    /**
     * Removes old backups, and attachments that no remaining backup needs. Removes no attachments if a remaining backup
     * has no list of its attachments.
     */
    private void removeOld() throws IOException {
        List<Backup> all = list();
        Set<Instant> kept = BackupRotation.retained(all.stream().map(Backup::at).toList(), ZoneId.systemDefault());
        Set<String> needed = new HashSet<>();
        boolean isListed = true;
        for (Backup backup : all) {
            if (!kept.contains(backup.at())) {
                Files.delete(backup.file());
                Files.deleteIfExists(backup.attachments());
                Files.deleteIfExists(backup.checksum());
            } else if (Files.exists(backup.attachments())) {
                needed.addAll(Files.readAllLines(backup.attachments(), StandardCharsets.UTF_8));
            } else {
                isListed = false;
            }
        }
        if (isListed) {
            for (String name : names(attachments())) {
                if (!needed.contains(name)) {
                    Files.delete(attachments().resolve(name));
                }
            }
        }
    }

    /**
     * The result of a restore.
     *
     * @param aside the new path of the old database
     * @param missingAttachments how many attachments of the backup are intact neither on this device nor in the folder
     *     of the backups
     */
    public record Restored(Path aside, int missingAttachments) {}

    /**
     * Replaces the profile's database with a backup, and restores the attachments of the backup. Renames the old
     * database. The next start opens the backup as a new replica.
     *
     * @throws ProblemException if a window uses the profile, or an attachment cannot be copied
     * @throws Database.OpenException if the backup is damaged, the database is in use, or a file cannot be written; in
     *     these cases, the database is unchanged
     */
    public Restored restore(Backup backup) {
        return whileClosed(() -> restoreInThisProcess(backup));
    }

    /**
     * Runs work on the files of the profile while no window has it.
     *
     * @throws ProblemException if a window has the profile
     */
    public <T> T whileClosed(Supplier<T> work) {
        try (FileChannel channel = PrivateFile.open(
                        folders.data().resolve(WINDOW_LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new ProblemException("backup.open");
            }
            return work.get();
        } catch (OverlappingFileLockException e) {
            throw new ProblemException(e, "backup.open");
        } catch (IOException e) {
            throw new ProblemException(e, "backup.unreadable", folders.data());
        }
    }

    /** Whether a window has the profile, in this process or another. */
    public boolean isWindowOpen() {
        Path file = folders.data().resolve(WINDOW_LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new ProblemException(e, "backup.unreadable", folders.data());
        }
    }

    /** As {@link #restore}, for the process that has the profile for its window and has closed the database. */
    public Restored restoreInThisProcess(Backup backup) {
        if (!isUnchanged(backup)) {
            throw new ProblemException("backup.changed", backup.name());
        }
        Path aside = aside(".before-");
        int missing = restoreAttachments(backup);
        Database.replace(folders.database(), backup.file(), aside, LibrarySchema.SCHEMA);
        return new Restored(aside, missing);
    }

    /** Returns whether the file has its checksum. SQLite does not notice a flipped bit in a text. */
    public boolean isUnchanged(Backup backup) {
        try {
            return hasChecksum(backup, 0, backup.file());
        } catch (IOException e) {
            throw new ProblemException(e, "backup.unreadable", folders.backups());
        }
    }

    /** @param line the line of the checksum file; one that is missing is like a wrong checksum */
    private static boolean hasChecksum(Backup backup, int line, Path file) throws IOException {
        if (Files.notExists(backup.checksum()) || Files.notExists(file)) {
            return false;
        }
        // A damaged file may not be UTF-8.
        List<String> lines = Files.readAllLines(backup.checksum(), StandardCharsets.ISO_8859_1);
        return line < lines.size() && lines.get(line).equals(sha256(file));
    }

    /** Returns whether the backups have the intact content of an attachment, named by its SHA-256. */
    public boolean hasAttachment(String name) throws IOException {
        return isIntact(attachments().resolve(name), name);
    }

    private static boolean isIntact(Path file, String name) throws IOException {
        return Files.isRegularFile(file) && sha256(file).equals(name);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                hash.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Where the present database is kept when another takes its place; does not exist yet. */
    public Path aside(String ending) {
        Path database = folders.database();
        Instant at = clock.instant();
        Path aside = database.resolveSibling(database.getFileName() + ending + Backup.stamp(at));
        while (Files.exists(aside)) {
            at = at.plusSeconds(1);
            aside = database.resolveSibling(database.getFileName() + ending + Backup.stamp(at));
        }
        return aside;
    }

    /**
     * Copies the attachments of a backup that this device lacks, or has with damaged content. If the backup's list of
     * its attachments is missing or damaged, the attachments of all backups are copied.
     *
     * @return how many attachments of the backup are intact neither on this device nor in the folder of the backups
     */
    public int restoreAttachments(Backup backup) {
        try {
            return copyAttachmentsBack(backup);
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "backup.notPutBack", backup.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the backup that the next start of the window restores; empty if no restore is planned. */
    public Optional<Backup> planned() {
        try {
            return Files.exists(plan())
                    ? Optional.of(find(Files.readString(plan()).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new ProblemException(e, "backup.unreadable", folders.backups());
        }
    }

    /** Makes the next start of the window restore a backup; {@code null} cancels a planned restore. */
    public void plan(@Nullable Backup backup) {
        try {
            if (backup == null) {
                Files.deleteIfExists(plan());
            } else {
                PrivateFile.write(plan(), backup.name());
            }
        } catch (IOException e) {
            throw new ProblemException(e, "backup.unreadable", folders.backups());
        }
    }

    /**
     * Restores the planned backup, if there is one. This process must hold the window's lock, and must not have opened
     * the database. Drops the plan even after a failure, so that the next start opens the current library.
     *
     * @return what was restored; empty if no restore is planned
     */
    public Optional<Restored> restorePlanned() {
        if (Files.notExists(plan())) {
            return Optional.empty();
        }
        try {
            return Optional.of(restoreInThisProcess(planned().orElseThrow()));
        } finally {
            plan(null);
        }
    }

    private Path plan() {
        return folders.backups().resolve("put-back-at-next-start");
    }

    private int copyAttachmentsBack(Backup backup) throws IOException {
        boolean isListed = hasChecksum(backup, 1, backup.attachments());
        Collection<String> names =
                isListed ? Files.readAllLines(backup.attachments(), StandardCharsets.UTF_8) : names(attachments());
        PrivateFile.createFolders(folders.blobs());
        int missing = 0;
        for (String name : names) {
            if (!ATTACHMENT.matcher(name).matches()) {
                continue;
            }
            Path blob = folders.blobs().resolve(name);
            if (!isIntact(blob, name)) {
                if (hasAttachment(name)) {
                    copyWhole(attachments().resolve(name), blob);
                } else {
                    LOG.warn("The attachment {} of {} is missing or damaged", name, backup.name());
                    missing++;
                }
            }
        }
        return missing;
    }
}
