package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentHeader;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gets segments and checks them: whole, of this library, of a version that can be read. */
final class SegmentFetcher {
    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteFiles files;
    private final Predicate<SegmentHeader> accepts;
    private final FileErrorRegistry fileErrors;
    private final long latest;

    /**
     * @param accepts whether a segment's library is ours or one that was joined with it
     * @param latest the greatest clock value that is believed
     */
    SegmentFetcher(
            RemoteStorage storage,
            Transfers transfers,
            Predicate<SegmentHeader> accepts,
            FileErrorRegistry fileErrors,
            long latest) {
        this.latest = latest;
        this.storage = storage;
        this.transfers = transfers;
        this.files = new RemoteFiles(storage, transfers, fileErrors);
        this.accepts = accepts;
        this.fileErrors = fileErrors;
    }

    /** Runs what else is asked of the storage. */
    Transfers transfers() {
        return transfers;
    }

    boolean isUsable(SegmentIndex.Entry entry) {
        return files.isUsable(entry.name().toString(), entry.size(), SegmentReader.mostBytes(entry.name()));
    }

    Future<byte[]> start(SegmentIndex.Entry entry) {
        return files.start(entry.name().toString(), entry.size());
    }

    /** The segment, or null if it cannot be used: then why is on record. */
    @Nullable
    SegmentReader open(SegmentIndex.Entry entry, Future<byte[]> request) {
        try {
            SegmentReader reader = files.open(
                    entry.name().toString(),
                    entry.size(),
                    request,
                    content -> SegmentReader.open(entry.name(), content));
            if (reader == null || accepts.test(reader.header())) {
                return reader;
            }
            add(entry, FileErrorRegistry.Kind.FOREIGN, Problem.FILE_OTHER_LIBRARY);
        } catch (StorageException.ObjectMissingException e) {
            add(entry, FileErrorRegistry.Kind.VANISHED, Problem.FILE_VANISHED);
        }
        return null;
    }

    void report(SegmentIndex.Entry entry, DamagedFileException damage) {
        FileError trouble = FileError.of(damage);
        add(entry, trouble.kind(), trouble.reason());
    }

    /** Its replica would be one too many. */
    void reportTooManyDevices(SegmentIndex.Entry entry) {
        add(entry, FileErrorRegistry.Kind.TOO_MANY_REPLICAS, Problem.FILE_TOO_MANY_DEVICES);
    }

    /** Whether this change of a segment is to be applied; if not, why is on record. */
    boolean isAccepted(SegmentIndex.Entry entry, Change change) {
        if (change.hlcTime() > latest) {
            add(entry, FileErrorRegistry.Kind.REJECTED, Problem.FILE_FROM_FUTURE);
            return false;
        }
        return true;
    }

    /** Whether nothing is wrong with it to its end, or to where this device's memory ends; if there is, why is on record. */
    boolean verify(SegmentIndex.Entry entry) {
        return isReadable(entry) || hasNoMemoryFor(entry);
    }

    private boolean isReadable(SegmentIndex.Entry entry) {
        SegmentReader reader = isUsable(entry) ? open(entry, start(entry)) : null;
        if (reader == null) {
            return false;
        }
        try {
            while (reader.next() != null) {
                // Only whether it can be read to the end counts.
            }
            return true;
        } catch (DamagedFileException e) {
            report(entry, e);
            return false;
        }
    }

    /** As {@link #verify}, of one that somebody complains of, perhaps for long: not read by every sync. */
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

    /** Whether it does not verify or cannot be read, so that nobody knows what it should hold. */
    boolean isUnverified(SegmentIndex.Entry entry) {
        return fileErrors.isUnverified(entry.name().toString());
    }

    /** Whether it does not verify: one that only cannot be read here may be sound. */
    boolean isDamaged(SegmentIndex.Entry entry) {
        return fileErrors.isDamaged(entry.name().toString());
    }

    /** Whether this device has too little memory to read it, so that it may be sound. */
    boolean hasNoMemoryFor(SegmentIndex.Entry entry) {
        return fileErrors.hasNoMemoryFor(entry.name().toString());
    }

    /** Whether it is of a library that has not been joined with ours, or not yet. */
    boolean isForeign(SegmentIndex.Entry entry) {
        return fileErrors.isForeign(entry.name().toString());
    }

    /** What the storage calls itself. */
    String description() {
        return storage.description();
    }

    /** Whether it was not there when it was asked for. */
    boolean isVanished(SegmentIndex.Entry entry) {
        return fileErrors.isVanished(entry.name().toString());
    }

    /** It is not missed any more. */
    void clearError(SegmentIndex.Entry entry) {
        fileErrors.remove(entry.name().toString());
    }

    private void add(SegmentIndex.Entry entry, FileErrorRegistry.Kind kind, Problem reason) {
        fileErrors.add(entry.name().toString(), entry.size(), kind, reason);
    }
}
