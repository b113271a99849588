package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.encryption.EncryptedStorage;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.LibraryBinding;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

class EncryptedStorageTest extends RemoteStorageContract {
    @Override
    protected RemoteStorage create() {
        EncryptedStorage storage = new EncryptedStorage(new MemoryStorage());
        var keys = KeyFiles.random(Instant.EPOCH);
        storage.use(keys, keys.identities().getLast());
        storage.bindTo(new LibraryBinding(new UUID(1, 2), 1, Set.of()));
        return storage;
    }

    @Override
    protected RemoteStorage createAnother() {
        return create();
    }
}
