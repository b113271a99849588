package dev.tidemark.engine.storage.s3;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/**
 * Timeouts of requests. A request must not fail only because the connection is slow. Therefore an upload gets the time
 * that its bytes take at 32 KiB a second, and a download gets a fixed additional time. The socket timeout detects a
 * dead connection. Immutable.
 *
 * @param connect the time to open a connection
 * @param socket the time between two packets
 * @param attempt the time for one attempt of a request without an object
 * @param attempts the number of attempts
 * @param transfer the additional time for a download in one attempt. If it is zero, uploads get no additional time
 *     either.
 */
record S3Timeouts(Duration connect, Duration socket, Duration attempt, int attempts, Duration transfer) {
    private static final int SLOWEST = 32 << 10;

    static final S3Timeouts DEFAULT = new S3Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            3,
            // The size of a download is not known in advance. Most are up to 8 MiB.
            Duration.ofSeconds((8 << 20) / SLOWEST));

    /** The timeouts for a test of a connection, while a user waits. */
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
