package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;

/** Converts errors of a server, and of the connection to it, into storage exceptions. Thread-safe. */
final class S3Errors {
    /** Matches the region in the message or the body of an error. */
    private static final Pattern REGION =
            Pattern.compile("<Region>([A-Za-z0-9-]{1,60})</Region>|expecting '([A-Za-z0-9-]{1,60})'");

    private static final Pattern NAME_OF_REGION = Pattern.compile("[A-Za-z0-9-]{1,60}");

    private final S3Options options;
    private final String bucket;
    private final String server;
    private final ConnectionErrors connections;

    /** The kinds of requests. */
    enum Request {
        LIST(Problem.STORAGE_MAY_NOT_LIST),
        GET(Problem.STORAGE_MAY_NOT_READ),
        PUT(Problem.STORAGE_MAY_NOT_WRITE),
        DELETE(Problem.STORAGE_MAY_NOT_DELETE);

        private final Problem denied;

        Request(Problem denied) {
            this.denied = denied;
        }
    }

    S3Errors(S3Options options) {
        this.options = options;
        this.bucket = options.bucket().bucket();
        this.server = server(options);
        this.connections = new ConnectionErrors(options, server);
    }

    private static String server(S3Options options) {
        String endpoint = options.bucket().endpoint();
        if (endpoint == null) {
            String region = Objects.requireNonNullElse(options.bucket().region(), S3ClientFactory.DEFAULT_REGION);
            return "s3." + region + ".amazonaws.com";
        }
        URI uri = URI.create(endpoint);
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /**
     * Records that the server gave a valid answer. The scheme (http or https) is thus right, and later failures do not
     * suggest another.
     */
    void answered() {
        connections.answered();
    }

    /** Returns the exception for an answer that is not from S3. */
    StorageException notS3() {
        return new StorageException.UnreachableException(Problem.STORAGE_OTHER_SERVICE, server);
    }

    StorageException connectionLost() {
        return new StorageException.UnreachableException(Problem.STORAGE_CONNECTION_LOST, server);
    }

    StorageException unconfirmed() {
        return new StorageException(Problem.STORAGE_PUT_UNCONFIRMED, server);
    }

    /** Returns whether the server reports that no object has this key. Other answers with status 404 do not count. */
    static boolean isMissing(SdkException failure) {
        return failure instanceof AwsServiceException answer && "NoSuchKey".equals(code(answer));
    }

    /** Returns whether the server has lost parts of the upload. All parts must then be sent again. */
    static boolean isUploadGone(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && List.of("NoSuchUpload", "InvalidPart", "InvalidPartOrder").contains(code(answer));
    }

    StorageException explain(SdkException failure, Request request) {
        return failure instanceof AwsServiceException answer ? refused(answer, request) : connections.explain(failure);
    }

    private StorageException refused(AwsServiceException failure, Request request) {
        String code = code(failure);
        return switch (code) {
            case "SignatureDoesNotMatch" -> new StorageException(failure, Problem.STORAGE_SECRET_KEY_WRONG);
            case "InvalidAccessKeyId", "InvalidAccessKey", "InvalidToken", "Unauthorized", "NotSignedUp" ->
                new StorageException(failure, Problem.STORAGE_ACCESS_KEY_UNKNOWN);
            case "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden" ->
                new StorageException(failure, request.denied, bucket);
            case "NoSuchBucket" -> new StorageException(failure, Problem.STORAGE_BUCKET_MISSING, bucket);
            case "InvalidBucketName" -> new StorageException(failure, Problem.STORAGE_BUCKET_NAME, bucket);
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "Redirect",
                    "IllegalLocationConstraintException",
                    "InvalidRegion" -> otherRegion(failure);
            case "AuthorizationHeaderMalformed" -> malformed(failure);
            case "RequestTimeTooSkewed", "RequestExpired" ->
                new StorageException(failure, Problem.STORAGE_CLOCK, server);
            case "RequestTimeout" ->
                new StorageException.UnreachableException(failure, Problem.STORAGE_NO_ANSWER, server);
            case "SlowDown",
                    "ServiceUnavailable",
                    "TooManyRequests",
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "Busy" -> new StorageException(failure, Problem.STORAGE_SERVER_BUSY, server);
            case "QuotaExceeded",
                    "AccountQuotaExceeded",
                    "InsufficientStorage",
                    "InsufficientStorageSpace",
                    "StorageFull",
                    "XMinioStorageFull",
                    "XMinioAdminBucketQuotaExceeded" ->
                new StorageException(failure, Problem.STORAGE_SERVER_FULL, bucket);
            case "" -> withoutCode(failure);
            default -> other(failure, code);
        };
    }

    /**
     * Returns the exception for a rejected authorisation header. Either the region is wrong, or the access key is
     * malformed.
     */
    private StorageException malformed(AwsServiceException failure) {
        String message = serverMessage(failure).toLowerCase(Locale.ROOT);
        return region(failure) != null || message.contains("region")
                ? otherRegion(failure)
                : new StorageException(failure, Problem.STORAGE_ACCESS_KEY_UNKNOWN);
    }

    private StorageException otherRegion(AwsServiceException failure) {
        String region = region(failure);
        return region == null || region.equals(options.bucket().region())
                ? new StorageException(failure, Problem.STORAGE_REGION_UNNAMED, bucket)
                : new StorageException(failure, Problem.STORAGE_REGION_OTHER, bucket, region);
    }

    private StorageException withoutCode(AwsServiceException failure) {
        int status = failure.statusCode();
        if (status == 400 && options.bucket().isPlainHttp()) {
            return new StorageException(failure, Problem.STORAGE_TLS_WANTED, server);
        }
        if (status >= 300 && status < 400 && region(failure) != null) {
            return otherRegion(failure);
        }
        return byStatus(
                failure, new StorageException.UnreachableException(failure, Problem.STORAGE_OTHER_SERVICE, server));
    }

    private StorageException other(AwsServiceException failure, String code) {
        if (!options.compatibility() && isNewer(failure, code)) {
            return new StorageException(failure, Problem.STORAGE_COMPATIBILITY, server, ErrorText.sanitize(code));
        }
        return byStatus(
                failure,
                new StorageException(
                        failure,
                        Problem.STORAGE_SERVER_REFUSED,
                        server,
                        ErrorText.sanitize(code),
                        ErrorText.text(serverMessage(failure))));
    }

    private StorageException byStatus(AwsServiceException failure, StorageException otherwise) {
        return switch (failure.statusCode()) {
            case 429, 503 -> new StorageException(failure, Problem.STORAGE_SERVER_BUSY, server);
            case 507 -> new StorageException(failure, Problem.STORAGE_SERVER_FULL, bucket);
            case 500, 502, 504 ->
                new StorageException(failure, Problem.STORAGE_SERVER_FAILED, server, failure.statusCode());
            default -> otherwise;
        };
    }

    /** Returns whether the server does not support the checksums or signatures that the SDK adds by default. */
    private static boolean isNewer(AwsServiceException failure, String code) {
        String message = serverMessage(failure).toLowerCase(Locale.ROOT);
        return failure.statusCode() == 501
                || code.equals("NotImplemented")
                || code.equals("XAmzContentSHA256Mismatch")
                || code.equals("MissingContentLength")
                || message.contains("checksum")
                || message.contains("x-amz-content-sha256")
                || message.contains("transfer-encoding")
                || message.contains("trailer");
    }

    private static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    }

    private static String serverMessage(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
    }

    private static @Nullable String region(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        if (details == null) {
            return null;
        }
        if (details.sdkHttpResponse() != null) {
            var header = details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
            if (header.isPresent() && NAME_OF_REGION.matcher(header.get()).matches()) {
                return header.get();
            }
        }
        SdkBytes body = details.rawResponse();
        Matcher named = REGION.matcher((body == null ? "" : body.asUtf8String()) + serverMessage(failure));
        if (!named.find()) {
            return null;
        }
        return named.group(1) == null ? named.group(2) : named.group(1);
    }
}
