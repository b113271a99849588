package dev.tidemark.app.remote;

import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;

/** Opens folders and buckets, with the keys and switches of the settings. Thread-safe. */
public final class RemotePlaces {
    private RemotePlaces() {}

    /**
     * Opens a place, be it the one of the settings or another, with the keys of the settings.
     *
     * @throws dev.tidemark.engine.storage.StorageException if it cannot be used
     */
    public static RemoteStorage open(StorageUrl url, Settings settings, Secrets secrets) {
        return switch (url) {
            case StorageUrl.Folder folder -> FolderStorage.open(folder.path());
            case StorageUrl.Bucket bucket -> throw new UnsupportedOperationException("Not built yet: " + bucket);
        };
    }
}
