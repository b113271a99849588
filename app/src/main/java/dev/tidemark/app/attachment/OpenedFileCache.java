package dev.tidemark.app.attachment;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the copies of attachments that other programs open. The copies are read-only, because they are temporary. The
 * app deletes them when it starts and exits, and when no item has the attachment. Thread-safe if only one object uses
 * the folder.
 */
public final class OpenedFileCache {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedFileCache.class);
    private static final int KEY_LENGTH = 16;

    private final Path folder;

    /** @param folder the folder of the cache, which is created when needed and contains a subfolder for each content */
    public OpenedFileCache(Path folder) {
        this.folder = folder;
    }

    /** Returns the name of the subfolder for a content, which is the first 16 digits of its hash. */
    public static String key(BlobId content) {
        return content.hex().substring(0, KEY_LENGTH);
    }

    public Path of(Attachment attachment) {
        return folder.resolve(key(attachment.content())).resolve(attachment.safeName());
    }

    /**
     * Saves a copy of an attachment, unless the copy exists.
     *
     * @throws dev.tidemark.engine.problem.BlobException in the cases of {@link Blobs#save}
     */
    public synchronized void save(Blobs blobs, Attachment attachment) throws IOException {
        Path file = of(attachment);
        if (Files.isRegularFile(file) && Files.size(file) == blobs.size(attachment.content())) {
            return;
        }
        PrivateFile.createFolders(Objects.requireNonNull(file.getParent()));
        deleteFile(file);
        SavedAttachments.save(blobs, attachment.content(), file);
        if (!file.toFile().setReadOnly()) {
            LOG.info("A copy of an attachment cannot be made read-only");
        }
    }

    /**
     * Deletes all copies. A copy that cannot be deleted, because another program has it open, stays until the next
     * start.
     */
    public synchronized void deleteAll() {
        try {
            deleteUnless(key -> false);
        } catch (ProblemException e) {
            LOG.info("A copy of an attachment cannot be deleted yet", e);
        }
    }

    /**
     * Deletes the copies of all contents except those whose {@link #key} is needed.
     *
     * @throws ProblemException if a copy cannot be deleted, for example because a program has it open. The method first
     *     deletes the other copies.
     */
    public synchronized void deleteUnless(Predicate<String> isNeeded) {
        ProblemException failure = null;
        for (Path copies : entries(folder)) {
            if (!isNeeded.test(String.valueOf(copies.getFileName()))) {
                try {
                    delete(copies);
                } catch (IOException e) {
                    failure = new ProblemException(e, "folder.copy", copies);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void delete(Path copies) throws IOException {
        for (Path file : entries(copies)) {
            deleteFile(file);
        }
        Files.deleteIfExists(copies);
    }

    private static void deleteFile(Path file) throws IOException {
        // Windows does not delete read-only files.
        if (Files.exists(file) && !file.toFile().setWritable(true)) {
            LOG.info("A copy of an attachment remains read-only");
        }
        Files.deleteIfExists(file);
    }

    private static List<Path> entries(Path of) {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(of)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(of)) {
                files.forEach(all::add);
            } catch (IOException | DirectoryIteratorException e) {
                LOG.info("The copies of attachments cannot be listed: {}", e.getClass());
            }
        }
        return all;
    }
}
