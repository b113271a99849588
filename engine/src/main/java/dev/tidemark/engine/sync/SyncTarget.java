package dev.tidemark.engine.sync;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the background service syncs with. Immutable.
 *
 * @param location what {@link RemoteStorage#description} will say; known without opening it
 * @param storage opens the storage; called on the service's thread, again after each trouble
 * @param interval how long after a sync the next one comes by itself; grows up to tenfold while nothing happens
 * @param encryption whether the library there is encrypted, and what opens it; asked on the service's thread whenever it opens
 *     the storage, so a keychain that does not answer blocks nothing else
 */
public record SyncTarget(
        String location, Supplier<RemoteStorage> storage, Duration interval, Supplier<Encryption> encryption) {
    /** @throws IllegalArgumentException if the interval is not positive */
    public SyncTarget {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("The interval between syncs has to be positive, but is " + interval);
        }
    }

    /** A target that is not encrypted. */
    public SyncTarget(String location, Supplier<RemoteStorage> storage, Duration interval) {
        this(location, storage, interval, () -> Encryption.NONE);
    }

    /** This target with encryption. */
    public SyncTarget with(Encryption chosen) {
        return new SyncTarget(location, storage, interval, () -> chosen);
    }

    /** A folder that something else carries. It is looked at every second, which costs nothing. */
    public static SyncTarget folder(Path folder, Duration interval) {
        return new SyncTarget(FolderStorage.location(folder), () -> FolderStorage.open(folder), interval);
    }
}
