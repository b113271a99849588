package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.internal.segment.SegmentHeader;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gets segments and checks them: whole, of this library, of a version that can be read. */
final class SegmentFetcher {
    private final RemoteStorage storage;
    private final Transfers transfers;
    private final Predicate<SegmentHeader> accepts;
    private final Troubles troubles;

    /** @param accepts whether a segment's library is ours or one that was joined with it */
    SegmentFetcher(RemoteStorage storage, Transfers transfers, Predicate<SegmentHeader> accepts, Troubles troubles) {
        this.storage = storage;
        this.transfers = transfers;
        this.accepts = accepts;
        this.troubles = troubles;
    }

    /** Runs what else is asked of the storage. */
    Transfers transfers() {
        return transfers;
    }

    boolean isUsable(SegmentIndex.Entry entry) {
        if (entry.size() > SegmentReader.MAX_BYTES) {
            add(entry, Troubles.Kind.QUARANTINED, Problem.FILE_TOO_LARGE);
        }
        return !troubles.has(entry.name().toString());
    }

    Future<byte[]> start(SegmentIndex.Entry entry) {
        return transfers.start(() -> storage.get(entry.name().toString()));
    }

    /** The segment, or null if it cannot be used: then why is on record. A damaged one is fetched once more first. */
    @Nullable
    SegmentReader open(SegmentIndex.Entry entry, Future<byte[]> request) {
        try {
            try {
                return check(entry, Transfers.await(request));
            } catch (DamagedFileException first) {
                return check(entry, storage.get(entry.name().toString()));
            } catch (StorageException first) {
                if (!isOfOneFile(first)) {
                    throw first;
                }
                return check(entry, storage.get(entry.name().toString()));
            }
        } catch (DamagedFileException e) {
            report(entry, e);
        } catch (NewerFormatException e) {
            add(entry, Troubles.Kind.NEWER, Problem.FILE_NEWER);
        } catch (ObjectMissingException e) {
            add(entry, Troubles.Kind.VANISHED, Problem.FILE_VANISHED);
        } catch (StorageException e) {
            if (!isOfOneFile(e)) {
                throw e;
            }
            add(entry, Troubles.Kind.UNREADABLE, Problem.FILE_UNREADABLE);
        }
        return null;
    }

    /** Whether only this file cannot be read: the disk fails there, or a folder tool does not have it here. */
    static boolean isOfOneFile(StorageException failure) {
        return failure.problem() == Problem.STORAGE_FILE_NOT_READ;
    }

    private @Nullable SegmentReader check(SegmentIndex.Entry entry, byte[] content) {
        SegmentReader reader = SegmentReader.open(entry.name(), content);
        if (!accepts.test(reader.header())) {
            add(entry, Troubles.Kind.FOREIGN, Problem.FILE_OTHER_LIBRARY);
            return null;
        }
        return reader;
    }

    void report(SegmentIndex.Entry entry, DamagedFileException damage) {
        add(entry, Troubles.Kind.QUARANTINED, damage.reason());
    }

    /** Whether it can be read to the end; if not, why is on record. */
    boolean isSound(SegmentIndex.Entry entry) {
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

    /** As {@link #isSound}, of one that somebody complains of, perhaps for long: not read by every sync. */
    boolean isSoundAllTheSame(SegmentIndex.Entry entry) {
        String name = entry.name().toString();
        if (troubles.wasSound(name)) {
            return true;
        }
        boolean isSound = isSound(entry);
        if (isSound) {
            troubles.foundSound(name);
        }
        return isSound;
    }

    /** Whether it does not verify or cannot be read, so that nobody knows what it should hold. */
    boolean isBad(SegmentIndex.Entry entry) {
        return troubles.isBad(entry.name().toString());
    }

    /** What the storage calls itself. */
    String description() {
        return storage.description();
    }

    /** Whether it was not there when it was asked for. */
    boolean isVanished(SegmentIndex.Entry entry) {
        return troubles.isVanished(entry.name().toString());
    }

    /** It is not missed any more. */
    void excuse(SegmentIndex.Entry entry) {
        troubles.remove(entry.name().toString());
    }

    private void add(SegmentIndex.Entry entry, Troubles.Kind kind, Problem reason) {
        troubles.add(entry.name().toString(), entry.size(), kind, reason);
    }
}
