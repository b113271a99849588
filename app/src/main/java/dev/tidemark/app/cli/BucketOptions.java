package dev.tidemark.app.cli;

import dev.tidemark.app.remote.RemoteStorageFactory;
import dev.tidemark.app.secrets.MemorySecretStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Opens the source or the destination of a copy with the options of the command line. Without an access key on the
 * command line, the settings supply the missing options.
 *
 * @param accessKey the access key, or {@code null} to use the key pair in the settings
 * @param pathStyle a value of {@link Setting#SYNC_S3_PATH_STYLE}, or {@code null}
 * @param compatibility a value of {@link Setting#SYNC_S3_COMPATIBILITY}, or {@code null}
 * @param variable the environment variable that can hold the secret key, so that a script needs no prompt
 * @param secretName the name of the secret key in prompts, a key of {@link CliMessages}
 */
record BucketOptions(
        @Nullable String accessKey,
        @Nullable String pathStyle,
        @Nullable String compatibility,
        String variable,
        String secretName) {
    RemoteStorage open(StorageUrl url, TidemarkCommand root) {
        Settings settings = settings(root.composition().settings().read());
        return RemoteStorageFactory.open(
                url, settings, accessKey == null ? root.composition().secrets() : typed(root.terminal()));
    }

    private Settings settings(Settings current) {
        Settings settings = current;
        if (accessKey != null) {
            // The path style and the compatibility in the settings belong to another server, so both are detected by
            // default.
            settings = settings.with(Setting.SYNC_S3_ACCESS_KEY, accessKey)
                    .with(Setting.SYNC_S3_PATH_STYLE, "auto")
                    .with(Setting.SYNC_S3_COMPATIBILITY, "auto");
        }
        if (pathStyle != null) {
            settings = settings.with(Setting.SYNC_S3_PATH_STYLE, pathStyle);
        }
        if (compatibility != null) {
            settings = settings.with(Setting.SYNC_S3_COMPATIBILITY, compatibility);
        }
        return settings;
    }

    private Secrets typed(Terminal terminal) {
        String given = System.getenv(variable);
        char[] secret = given == null || given.isEmpty()
                ? SecretInput.of(terminal).read(CliMessages.get(secretName))
                : given.toCharArray();
        MemorySecretStore store = new MemorySecretStore();
        store.put(Secret.S3_SECRET_KEY, secret);
        Encryption.wipe(secret);
        return new Secrets(store, Map.of());
    }

    static final class Source {
        @Option(names = "--from-access-key", paramLabel = "KEY", descriptionKey = "remote.fromAccessKey")
        private @Nullable String accessKey;

        @Option(names = "--from-path-style", paramLabel = "SWITCH", descriptionKey = "remote.fromPathStyle")
        private @Nullable String pathStyle;

        @Option(names = "--from-compatibility", paramLabel = "SWITCH", descriptionKey = "remote.fromCompatibility")
        private @Nullable String compatibility;

        BucketOptions bucket() {
            return new BucketOptions(
                    accessKey, pathStyle, compatibility, "TIDEMARK_S3_SECRET_KEY_FROM", "remote.fromSecretKey");
        }
    }

    static final class Target {
        @Option(names = "--to-access-key", paramLabel = "KEY", descriptionKey = "remote.toAccessKey")
        private @Nullable String accessKey;

        @Option(names = "--to-path-style", paramLabel = "SWITCH", descriptionKey = "remote.toPathStyle")
        private @Nullable String pathStyle;

        @Option(names = "--to-compatibility", paramLabel = "SWITCH", descriptionKey = "remote.toCompatibility")
        private @Nullable String compatibility;

        BucketOptions bucket() {
            return new BucketOptions(
                    accessKey, pathStyle, compatibility, "TIDEMARK_S3_SECRET_KEY_TO", "remote.toSecretKey");
        }
    }
}
