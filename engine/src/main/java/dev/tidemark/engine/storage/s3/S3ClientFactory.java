package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.storage.StorageUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Creates clients of the AWS SDK that depend only on the given options, and not on files in {@code ~/.aws}. */
final class S3ClientFactory {
    /** Amazon's first region. Servers without regions accept it. */
    static final String DEFAULT_REGION = "us-east-1";

    private static final int CONNECTIONS = 16;

    private S3ClientFactory() {}

    static S3Client create(S3Options options, S3Timeouts timeouts, List<Path> certificates, S3Clock clock) {
        StorageUrl.Bucket place = options.bucket();
        S3Options.Credentials keys = options.credentials();
        boolean plain = options.compatibility();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(Objects.requireNonNullElse(place.region(), DEFAULT_REGION)))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
                .forcePathStyle(options.pathStyle())
                .crossRegionAccessEnabled(false)
                .disableS3ExpressSessionAuth(true)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(!plain)
                        .expectContinueEnabled(!plain)
                        .build())
                .requestChecksumCalculation(
                        plain ? RequestChecksumCalculation.WHEN_REQUIRED : RequestChecksumCalculation.WHEN_SUPPORTED)
                .responseChecksumValidation(
                        plain ? ResponseChecksumValidation.WHEN_REQUIRED : ResponseChecksumValidation.WHEN_SUPPORTED)
                .httpClientBuilder(http(place, timeouts, certificates))
                .overrideConfiguration(configuration -> configure(
                        configuration.addExecutionInterceptor(clock).addExecutionInterceptor(new S3ResponseLimit()),
                        timeouts));
        Optional.ofNullable(place.endpoint()).map(URI::create).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Apache5HttpClient.Builder http(
            StorageUrl.Bucket place, S3Timeouts timeouts, List<Path> certificates) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder()
                .connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.socket())
                .maxConnections(CONNECTIONS);
        // Java itself trusts Amazon's certificates, and reading those of the system takes time.
        return place.endpoint() == null || place.isPlainHttp()
                ? http
                : http.tlsTrustManagersProvider(() -> S3Trust.managers(certificates));
    }

    private static void configure(ClientOverrideConfiguration.Builder configuration, S3Timeouts timeouts) {
        timeouts.applyDefaults(configuration);
        configuration.retryStrategy(
                timeouts.attempts() == 1 ? AwsRetryStrategy.doNotRetry() : AwsRetryStrategy.standardRetryStrategy());
        configuration.defaultProfileFile(ProfileFile.aggregator().build());
    }
}
