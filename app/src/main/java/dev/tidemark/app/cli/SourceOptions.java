package dev.tidemark.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the source bucket of a copy. */
final class SourceOptions {
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
