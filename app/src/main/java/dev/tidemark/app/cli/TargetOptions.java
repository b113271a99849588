package dev.tidemark.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the destination bucket of a copy. */
final class TargetOptions {
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
