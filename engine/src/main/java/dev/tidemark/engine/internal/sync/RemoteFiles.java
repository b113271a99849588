package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.storage.ObjectMissingException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens files of a remote one by one. One that cannot be used is passed over, and why is on record: everything else goes
 * on. Whoever concludes something from what is not there asks {@link Troubles} first.
 */
final class RemoteFiles {
    private final RemoteStorage storage;
    private final Transfers transfers;
    private final Troubles troubles;

    RemoteFiles(RemoteStorage storage, Transfers transfers, Troubles troubles) {
        this.storage = storage;
        this.transfers = transfers;
        this.troubles = troubles;
    }

    /**
     * Whether there is a use in fetching it: nothing is known against it, and it is not larger than any of ours. Eight of
     * them come at once, and each is held in memory.
     *
     * @param size its length as listed
     * @param most how long files of its kind are at most
     */
    boolean isUsable(String name, long size, long most) {
        if (size > most) {
            troubles.add(name, size, Troubles.Kind.QUARANTINED, Problem.FILE_TOO_LARGE);
        }
        return !troubles.has(name);
    }

    Future<byte[]> start(String name) {
        return transfers.start(() -> storage.get(name));
    }

    /**
     * What the file is, or null if it cannot be used.
     *
     * @param read makes it of its content, and checks that
     * @throws ObjectMissingException if it has gone since it was listed, which need not be a trouble
     */
    <T> @Nullable T open(String name, long size, Future<byte[]> request, Function<byte[], T> read) {
        try {
            return openTwice(name, request, read);
        } catch (ObjectMissingException e) {
            throw e;
        } catch (TidemarkException e) {
            FileTrouble trouble = FileTrouble.of(e);
            troubles.add(name, size, trouble.kind(), trouble.reason());
            return null;
        }
    }

    /** One that is damaged, or cannot be read, is fetched once more first. */
    <T> T openTwice(String name, Future<byte[]> request, Function<byte[], T> read) {
        try {
            return read.apply(Transfers.await(request));
        } catch (DamagedFileException first) {
            return read.apply(storage.get(name));
        } catch (StorageException first) {
            if (!FileTrouble.isUnreadable(first)) {
                throw first;
            }
            return read.apply(storage.get(name));
        }
    }

    /**
     * The content of a small file that one cannot do without.
     *
     * @param size its length as listed; 0 if that is not known
     * @throws DamagedFileException if it is larger than any of ours; it is not fetched then
     */
    static byte[] get(RemoteStorage storage, String name, long size) {
        if (size > JsonFile.MAX_BYTES) {
            throw new DamagedFileException(name, Problem.FILE_TOO_LARGE);
        }
        return storage.get(name);
    }
}
