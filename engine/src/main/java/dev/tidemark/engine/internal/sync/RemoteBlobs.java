package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.internal.blob.BlobMetadata;
import dev.tidemark.engine.internal.blob.BlobMetadata.Kind;
import dev.tidemark.engine.internal.blob.BlobMetadata.Note;
import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.blob.TransferFolder;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads blobs to one storage, and downloads them from it. */
final class RemoteBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteBlobs.class);

    /** The maximal size of a stored blob in bytes. Encryption adds far less than 1 MiB. */
    private static final long LARGEST_OBJECT = Blobs.MAX_BYTES + (1 << 20);

    /** The time for which a device requests a blob that it could not download. */
    private static final Duration REQUEST_LIFETIME = Duration.ofDays(30);

    private final SqliteDatabase database;
    private final BlobStore localBlobs;
    private final RemoteStorage storage;
    private final BlobMetadata notes;
    private final InstantSource clock;
    private @Nullable Map<BlobId, Long> remoteSizes;

    RemoteBlobs(SqliteDatabase database, RemoteStorage storage, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.localBlobs = database.blobs();
        this.storage = storage;
        this.notes = new BlobMetadata(database, storage.description());
    }

    BlobMetadata notes() {
        return notes;
    }

    /**
     * Returns the blobs in the storage with their sizes in bytes. The storage is listed once. Later uploads and
     * removals update the result.
     */
    Map<BlobId, Long> remoteSizes() {
        Map<BlobId, Long> known = remoteSizes;
        if (known == null) {
            known = new HashMap<>();
            for (StoredObject object : storage.list(RemoteNames.BLOBS, null)) {
                BlobId id = RemoteNames.parseBlob(object.name()).orElse(null);
                if (id != null) {
                    known.put(id, object.size());
                }
            }
            remoteSizes = known;
        }
        return known;
    }

    /** Returns whether this device has the blob, and the storage lacks it or has it with another size. */
    boolean isMissing(BlobId id) {
        return localBlobs.isLocal(id)
                && !Long.valueOf(localBlobs.size(id)).equals(remoteSizes().get(id));
    }

    /**
     * Uploads a blob of this device. Skips a blob that is damaged on this device.
     *
     * @param progress receives the number of bytes uploaded. If it throws, the upload ends, and a later upload resumes
     *     it.
     */
    void upload(BlobId id, LongConsumer progress) {
        if (!localBlobs.verify(id)) {
            LOG.warn("The blob {} is damaged on this device, and is not uploaded", id);
            return;
        }
        Path file = localBlobs.file(id);
        transfer("put", id, folder -> {
            storage.upload(RemoteNames.blob(id), file, folder.path(), progress);
            return true;
        });
        remoteSizes().put(id, localBlobs.size(id));
    }

    /**
     * Downloads the blob unless this device has an intact copy.
     *
     * @throws BlobException if the blob is missing or damaged in the storage. This device then requests it from other
     *     devices.
     */
    void download(BlobId id, LongConsumer progress) {
        if (localBlobs.isLocal(id) && localBlobs.verify(id)) {
            return;
        }
        boolean isSound;
        try {
            isSound = tryDownload(id, progress);
            if (!isSound) {
                // A resumed download may mix the bytes of two objects, so the download is repeated from the start.
                isSound = tryDownload(id, progress);
            }
        } catch (StorageException.ObjectMissingException e) {
            request(id);
            throw new BlobException(e, Problem.BLOB_NOT_THERE, storage.description());
        }
        if (!isSound) {
            request(id);
            throw new BlobException(Problem.BLOB_DAMAGED_THERE, storage.description());
        }
        if (notes.all(Kind.REQUESTED).containsKey(id)) {
            notes.update(Kind.REQUESTED, Map.of(), List.of(id));
        }
    }

    /** Removes blobs from the storage. */
    void remove(List<BlobId> ids) {
        for (BlobId id : ids) {
            storage.delete(RemoteNames.blob(id));
            remoteSizes().remove(id);
        }
    }

    private boolean tryDownload(BlobId id, LongConsumer progress) {
        return transfer("get", id, folder -> {
            Path file = folder.path().resolve("content");
            try {
                storage.download(RemoteNames.blob(id), file, folder.path(), bytes -> {
                    if (bytes > LARGEST_OBJECT) {
                        throw new DamagedFileException(RemoteNames.blob(id), Problem.FILE_TOO_LARGE);
                    }
                    progress.accept(bytes);
                });
                return localBlobs.adopt(file, id);
            } catch (DamagedFileException e) {
                return false;
            }
        });
    }

    private interface Work {
        boolean in(TransferFolder folder);
    }

    /**
     * Runs work in a transfer folder. If the work throws, the folder retains its files so that a later transfer can
     * resume.
     */
    private boolean transfer(String way, BlobId id, Work work) {
        byte[] place = storage.description().getBytes(StandardCharsets.UTF_8);
        String name = way + "-" + id.hex().substring(0, 32) + "-"
                + ContentHash.of(place).substring(0, 8);
        try (TransferFolder folder = localBlobs.transfer(name)) {
            boolean result = work.in(folder);
            folder.markComplete();
            return result;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, database.file(), ErrorText.of(e));
        }
    }

    private void request(BlobId id) {
        notes.update(Kind.REQUESTED, Map.of(id, new Note(clock.instant(), "")), List.of());
    }

    /** Returns the names of blobs that this device could not download, which its record contains. */
    List<String> requested() {
        Instant now = clock.instant();
        return notes.all(Kind.REQUESTED).entrySet().stream()
                .filter(each -> now.isBefore(each.getValue().at().plus(REQUEST_LIFETIME)))
                .map(each -> RemoteNames.blob(each.getKey()))
                .toList();
    }

    /** Returns the blobs that other devices request and that this device has. */
    Set<BlobId> requestedByOthers(RemoteStateStore remoteState) {
        return remoteState.devices().values().stream()
                .flatMap(device -> device.damaged().stream())
                .flatMap(name -> RemoteNames.parseBlob(name).stream())
                .filter(localBlobs::isLocal)
                .collect(Collectors.toSet());
    }
}
