package dev.tidemark.app.remote;

import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.storage.s3.S3Options;
import dev.tidemark.engine.storage.s3.S3Storage;
import java.util.Arrays;

/** Opens storages with the keys and options in the settings. Thread-safe. */
public final class RemoteStorageFactory {
    private RemoteStorageFactory() {}

    /**
     * Opens a folder or a bucket.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage cannot be used
     */
    public static RemoteStorage open(StorageUrl url, Settings settings, Secrets secrets) {
        return switch (url) {
            case StorageUrl.Folder folder -> FolderStorage.open(folder.path());
            case StorageUrl.Bucket bucket -> S3Storage.open(options(bucket, settings, secrets));
        };
    }

    /**
     * Opens a storage for an interactive test, with shorter timeouts.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage cannot be used
     */
    public static RemoteStorage openForTest(StorageUrl url, Settings settings, Secrets secrets) {
        return url instanceof StorageUrl.Bucket bucket
                ? S3Storage.open(options(bucket, settings, secrets).forTest())
                : open(url, settings, secrets);
    }

    private static S3Options options(StorageUrl.Bucket bucket, Settings settings, Secrets secrets) {
        S3Options defaults = S3Options.of(bucket, credentials(settings, secrets));
        return defaults.withPathStyle(settings.get(Setting.SYNC_S3_PATH_STYLE).orElse(defaults.pathStyle()))
                .withCompatibility(settings.get(Setting.SYNC_S3_COMPATIBILITY).orElse(defaults.compatibility()));
    }

    private static S3Options.Credentials credentials(Settings settings, Secrets secrets) {
        char[] secret = secrets.get(Secret.S3_SECRET_KEY);
        if (secret == null) {
            return new S3Options.Credentials(settings.get(Setting.SYNC_S3_ACCESS_KEY), "");
        }
        try {
            return new S3Options.Credentials(settings.get(Setting.SYNC_S3_ACCESS_KEY), new String(secret));
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
