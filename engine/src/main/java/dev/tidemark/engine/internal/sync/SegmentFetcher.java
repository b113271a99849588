package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentHeader;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Downloads and verifies segments. A segment must be intact, of this library, and of a known format version. */
final class SegmentFetcher {
    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteFiles files;
    private final Function<SegmentHeader, FileOrigin> origins;
    private final FileErrorRegistry fileErrors;
    private final long latest;

    /**
     * @param origins compares a segment's library and epoch with those of this sync
     * @param latest the greatest clock value that is accepted
     */
    SegmentFetcher(
            RemoteStorage storage,
            Transfers transfers,
            Function<SegmentHeader, FileOrigin> origins,
            FileErrorRegistry fileErrors,
            long latest) {
        this.latest = latest;
        this.storage = storage;
        this.transfers = transfers;
        this.files = new RemoteFiles(storage, transfers, fileErrors);
        this.origins = origins;
        this.fileErrors = fileErrors;
    }

    Transfers transfers() {
        return transfers;
    }

    boolean isUsable(SegmentIndex.Entry entry) {
        return files.isUsable(entry.name().toString(), entry.size(), SegmentReader.mostBytes(entry.name()));
    }

    Future<byte[]> start(SegmentIndex.Entry entry) {
        return files.start(entry.name().toString(), entry.size());
    }

    /**
     * Opens a downloaded segment. If it cannot be used, this method returns null and records the reason in the
     * {@link FileErrorRegistry}.
     */
    @Nullable
    SegmentReader open(SegmentIndex.Entry entry, Future<byte[]> request) {
        return open(entry, request, false);
    }

    /** Opens a segment as {@link #open(SegmentIndex.Entry, Future)} does, even if it belongs to a later epoch. */
    @Nullable
    SegmentReader openOfAnyEpoch(SegmentIndex.Entry entry, Future<byte[]> request) {
        return open(entry, request, true);
    }

    private @Nullable SegmentReader open(SegmentIndex.Entry entry, Future<byte[]> request, boolean isAnyEpoch) {
        try {
            SegmentReader reader = files.open(
                    entry.name().toString(),
                    entry.size(),
                    request,
                    content -> SegmentReader.open(entry.name(), content));
            FileOrigin origin = reader == null ? FileOrigin.LIBRARY : origins.apply(reader.header());
            if (origin == FileOrigin.LIBRARY || (isAnyEpoch && origin == FileOrigin.LATER_EPOCH)) {
                return reader;
            }
            boolean isLater = origin == FileOrigin.LATER_EPOCH;
            add(
                    entry,
                    isLater ? FileErrorRegistry.Kind.LATER_EPOCH : FileErrorRegistry.Kind.FOREIGN,
                    isLater ? Problem.FILE_LATER_EPOCH : Problem.FILE_OTHER_LIBRARY);
        } catch (StorageException.ObjectMissingException e) {
            add(entry, FileErrorRegistry.Kind.VANISHED, Problem.FILE_VANISHED);
        }
        return null;
    }

    void report(SegmentIndex.Entry entry, DamagedFileException damage) {
        FileError error = FileError.of(damage);
        add(entry, error.kind(), error.reason());
    }

    /** Records that the segment's replica exceeds the maximal number of replicas. */
    void reportTooManyDevices(SegmentIndex.Entry entry) {
        add(entry, FileErrorRegistry.Kind.TOO_MANY_REPLICAS, Problem.FILE_TOO_MANY_DEVICES);
    }

    /** Records that the retired replica of the segment has more branches than this device re-issues. */
    void reportTooManyBranches(SegmentIndex.Entry entry) {
        add(entry, FileErrorRegistry.Kind.REJECTED, Problem.FILE_TOO_MANY_BRANCHES);
    }

    /** Returns whether a change of a segment may be applied. Records the reason if it may not. */
    boolean isAccepted(SegmentIndex.Entry entry, Change change) {
        if (change.hlcTime() > latest) {
            add(entry, FileErrorRegistry.Kind.REJECTED, Problem.FILE_FROM_FUTURE);
            return false;
        }
        return true;
    }

    /**
     * Reads the segment to its end, and records an error that it finds. Returns true if the segment is intact, and also
     * if this device has too little memory to read it.
     */
    boolean verify(SegmentIndex.Entry entry) {
        return isReadable(entry) || isTooLargeForMemory(entry);
    }

    private boolean isReadable(SegmentIndex.Entry entry) {
        SegmentReader reader = isUsable(entry) ? open(entry, start(entry)) : null;
        if (reader == null) {
            return false;
        }
        try {
            while (reader.next() != null) {
                // Reading the segment to its end verifies it. The content is not used.
            }
            return true;
        } catch (DamagedFileException e) {
            report(entry, e);
            return false;
        }
    }

    /** Verifies a segment as {@link #verify} does, but does not read it again if a recent sync has verified it. */
    boolean verifyReported(SegmentIndex.Entry entry) {
        String name = entry.name().toString();
        if (fileErrors.wasVerified(name)) {
            return true;
        }
        boolean isSound = verify(entry);
        if (isSound) {
            fileErrors.markVerified(name);
        }
        return isSound;
    }

    /** Returns whether the segment does not verify or cannot be read, so that its content is unknown. */
    boolean isUnverified(SegmentIndex.Entry entry) {
        return fileErrors.isUnverified(entry.name().toString());
    }

    /**
     * Whether the segment does not verify. False if only this device cannot read it, because the segment may be intact.
     */
    boolean isDamaged(SegmentIndex.Entry entry) {
        return fileErrors.isDamaged(entry.name().toString());
    }

    /** Returns whether this device has too little memory to read the segment, which may be intact. */
    boolean isTooLargeForMemory(SegmentIndex.Entry entry) {
        return fileErrors.isTooLargeForMemory(entry.name().toString());
    }

    /** Returns whether the segment is of a library that has not been merged with this one. */
    boolean isForeign(SegmentIndex.Entry entry) {
        return fileErrors.isForeign(entry.name().toString());
    }

    /** Whether the segment belongs to a later epoch of this library. */
    boolean isOfLaterEpoch(SegmentIndex.Entry entry) {
        return fileErrors.isOfLaterEpoch(entry.name().toString());
    }

    /** Returns those of the segments read so far that belong to a later epoch of this library. */
    List<SegmentName> segmentsOfLaterEpoch() {
        return fileErrors.segmentsOfLaterEpoch();
    }

    String description() {
        return storage.description();
    }

    /** Returns whether the segment is intact, but this device must not apply it or has too little memory for it. */
    boolean isRejected(SegmentIndex.Entry entry) {
        return fileErrors.isRejected(entry.name().toString()) || isTooLargeForMemory(entry);
    }

    /** Returns whether the segment was missing when it was downloaded. */
    boolean isVanished(SegmentIndex.Entry entry) {
        return fileErrors.isVanished(entry.name().toString());
    }

    /** Clears the error of a segment. */
    void clearError(SegmentIndex.Entry entry) {
        fileErrors.remove(entry.name().toString());
    }

    private void add(SegmentIndex.Entry entry, FileErrorRegistry.Kind kind, Problem reason) {
        fileErrors.add(entry.name().toString(), entry.size(), kind, reason);
    }
}
