package dev.tidemark.engine.storage.s3;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/**
 * How long is waited. A line that is slow must not fail for being slow: what carries an object gets the time that its
 * bytes take at 32 KiB a second. A line that has gone quiet is noticed by its silence. Immutable.
 *
 * @param connect for a connection
 * @param socket between two packets
 * @param attempt for one attempt of a request without an object
 * @param attempts how many there are
 * @param transfer what an object may take on top, whatever its size, in one attempt; zero to allow it nothing more
 */
record S3Timeouts(Duration connect, Duration socket, Duration attempt, int attempts, Duration transfer) {
    private static final int SLOWEST = 32 << 10;

    static final S3Timeouts DEFAULT = new S3Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            3,
            // The size of what is to come is not known before; most of it is up to 8 MiB large.
            Duration.ofSeconds((8 << 20) / SLOWEST));

    /** While somebody looks on. */
    static final S3Timeouts TEST =
            new S3Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(8), 1, Duration.ZERO);

    void applyDefaults(ClientOverrideConfiguration.Builder configuration) {
        configuration.apiCallAttemptTimeout(attempt).apiCallTimeout(attempt.multipliedBy(attempts));
    }

    void download(AwsRequestOverrideConfiguration.Builder configuration) {
        allow(configuration, attempt.plus(transfer));
    }

    void upload(AwsRequestOverrideConfiguration.Builder configuration, int bytes) {
        allow(configuration, transfer.isZero() ? attempt : attempt.plusSeconds(bytes / SLOWEST));
    }

    private void allow(AwsRequestOverrideConfiguration.Builder configuration, Duration one) {
        configuration.apiCallAttemptTimeout(one).apiCallTimeout(one.multipliedBy(attempts));
    }
}
