package dev.tidemark.app.cli;

import dev.tidemark.app.remote.RemotePlaces;
import dev.tidemark.app.secrets.MemoryStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How the storage is opened that a library is copied to: with the keys and switches of the settings, or with others, as where it is
 * with another provider.
 */
final class TargetAccess {
    /** The secret half of the other pair. */
    private static final String VARIABLE = "TIDEMARK_S3_SECRET_KEY_TO";

    @Option(names = "--to-access-key", paramLabel = "KEY", descriptionKey = "remote.toAccessKey")
    private @Nullable String accessKey;

    @Option(names = "--to-path-style", paramLabel = "SWITCH", descriptionKey = "remote.toPathStyle")
    private @Nullable String pathStyle;

    @Option(names = "--to-compatibility", paramLabel = "SWITCH", descriptionKey = "remote.toCompatibility")
    private @Nullable String compatibility;

    RemoteStorage open(StorageUrl place, TidemarkCommand root) {
        Settings settings = settings(root.composition().settings().read());
        return RemotePlaces.open(
                place, settings, accessKey == null ? root.composition().secrets() : typed(root.terminal()));
    }

    private Settings settings(Settings present) {
        Settings settings = present;
        if (accessKey != null) {
            // Another server: what is right for it is found out, unless it is said here.
            settings = settings.with(SettingsKey.SYNC_S3_ACCESS_KEY, accessKey)
                    .with(SettingsKey.SYNC_S3_PATH_STYLE, "auto")
                    .with(SettingsKey.SYNC_S3_COMPATIBILITY, "auto");
        }
        if (pathStyle != null) {
            settings = settings.with(SettingsKey.SYNC_S3_PATH_STYLE, pathStyle);
        }
        if (compatibility != null) {
            settings = settings.with(SettingsKey.SYNC_S3_COMPATIBILITY, compatibility);
        }
        return settings;
    }

    private static Secrets typed(Terminal terminal) {
        String given = System.getenv(VARIABLE);
        char[] secret = given == null || given.isEmpty()
                ? SecretInput.of(terminal).read(Texts.get("remote.toSecretKey"))
                : given.toCharArray();
        MemoryStore store = new MemoryStore();
        store.put(Secret.S3_SECRET_KEY, secret);
        Encryption.wipe(secret);
        return new Secrets(store, Map.of());
    }
}
