package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the requests to a bucket, given the keys of objects, and checks each answer. Thread-safe. */
final class S3Requests implements AutoCloseable {
    /** The status of an answer if the requested range begins after the object's end. */
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Clock clock;
    private final S3Client client;
    private final S3Timeouts timeouts;
    private final S3Errors errors;
    private final String bucket;
    private final S3Uploads uploads;

    /**
     * @param certificates files with certificates of authorities to trust, besides those that Java trusts
     * @param computer this computer's clock
     */
    S3Requests(S3Options options, S3Timeouts timeouts, List<Path> certificates, InstantSource computer) {
        this.clock = new S3Clock(computer);
        this.bucket = options.bucket().bucket();
        this.timeouts = timeouts;
        this.errors = new S3Errors(options);
        this.client = S3ClientFactory.create(options, timeouts, certificates, clock);
        this.uploads = new S3Uploads(client, options, timeouts, errors);
    }

    /** Returns how far this computer's clock is ahead of the server's; empty if that is unknown. */
    Optional<Duration> clockAhead() {
        return clock.ahead();
    }

    List<StoredObject> list(String keyPrefix, String prefix, @Nullable String after) {
        return call(
                S3Errors.Request.LIST,
                () -> whole(() -> new S3Listing(client, bucket, errors, keyPrefix, prefix, after).read()));
    }

    /** Makes a request again if the connection broke in the middle of the answer, because the SDK does not do so. */
    private <T> T whole(Supplier<T> work) {
        try {
            return sdk(work);
        } catch (SdkClientException e) {
            if (timeouts.attempts() > 1 && ConnectionErrors.isBrokenAnswer(e)) {
                return work.get();
            }
            throw e;
        }
    }

    /**
     * Returns the object's content; {@code null} if no object has this key.
     *
     * @param most the maximal number of bytes to read
     * @throws dev.tidemark.engine.problem.TidemarkException if the object is longer
     */
    byte @Nullable [] get(String key, long most) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .overrideConfiguration(timeouts::download)
                .build();
        return call(S3Errors.Request.GET, () -> {
            try {
                return content(
                        key,
                        whole(() -> client.getObject(
                                request,
                                ResponseTransformer.unmanaged((head, body) -> Response.read(head, body, most)))));
            } catch (SdkException e) {
                if (S3Errors.isMissing(e)) {
                    return null;
                }
                throw e;
            }
        });
    }

    /**
     * Returns a range of the object; {@code null} if no object has this key. The range is shorter only at the object's
     * end. If the server does not support ranges, the whole object is read.
     */
    byte @Nullable [] range(String key, long from, int length) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .range("bytes=" + from + "-" + (from + length - 1))
                .overrideConfiguration(timeouts::download)
                .build();
        return call(S3Errors.Request.GET, () -> {
            try {
                return content(
                        key,
                        whole(() -> client.getObject(
                                request,
                                ResponseTransformer.unmanaged(
                                        (head, body) -> Response.readRange(head, body, from, length)))));
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new byte[0];
                }
                if (S3Errors.isMissing(e)) {
                    return null;
                }
                throw e;
            }
        });
    }

    private byte[] content(String key, Response answer) {
        if (answer.head.eTag() == null) {
            throw errors.notS3();
        }
        byte[] content = answer.content;
        if (content == null) {
            throw LargeFiles.tooLarge(key);
        }
        if (answer.isTruncated) {
            throw errors.connectionLost();
        }
        return content;
    }

    void put(String key, byte[] content) {
        call(S3Errors.Request.PUT, () -> {
            uploads.put(key, content);
            return true;
        });
    }

    void upload(String key, Path file, Path notes, LongConsumer progress) {
        LongConsumer told = bytes -> {
            try {
                progress.accept(bytes);
            } catch (RuntimeException e) {
                throw new CancelledByListener(e);
            }
        };
        try {
            call(S3Errors.Request.PUT, () -> {
                uploads.upload(key, file, notes, told);
                return true;
            });
        } catch (CancelledByListener e) {
            throw e.why;
        }
    }

    /** Wraps an exception of a progress listener, so that it does not count as an error of the server. */
    private static final class CancelledByListener extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException why;

        CancelledByListener(RuntimeException why) {
            super(null, why, false, false);
            this.why = why;
        }
    }

    void delete(String key) {
        call(S3Errors.Request.DELETE, () -> {
            DeleteObjectResponse answer = client.deleteObject(
                    DeleteObjectRequest.builder().bucket(bucket).key(key).build());
            boolean page = answer.sdkHttpResponse()
                    .firstMatchingHeader("Content-Type")
                    .filter(type -> type.contains("html"))
                    .isPresent();
            if (page) {
                throw errors.notS3();
            }
            return true;
        });
    }

    /** Runs a request, and converts exceptions of the SDK into storage exceptions. */
    private <T extends @Nullable Object> T call(S3Errors.Request request, Supplier<T> work) {
        try {
            T result = sdk(work);
            errors.answered();
            return result;
        } catch (SdkException e) {
            throw errors.explain(e, request);
        } catch (IllegalStateException e) {
            throw new StorageException(e, Problem.STORAGE_REQUEST_FAILED, ErrorText.of(e));
        }
    }

    /** Converts an UncheckedIOException. The SDK's XML reader throws one if an answer ends before its first byte. */
    private static <T extends @Nullable Object> T sdk(Supplier<T> work) {
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            throw SdkClientException.create("Unable to parse the answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The answer to a request for an object. It has the head, and also the content unless that is too long. */
    private static final class Response {
        private final GetObjectResponse head;
        private final byte @Nullable [] content;
        private final boolean isTruncated;

        private Response(GetObjectResponse head, byte @Nullable [] content, boolean isCutOff) {
            this.head = head;
            this.content = content;
            this.isTruncated = isCutOff;
        }

        static Response readRange(GetObjectResponse head, AbortableInputStream body, long from, int length)
                throws IOException {
            return head.contentRange() == null ? readWithin(head, body, from, length) : read(head, body, length);
        }

        static Response read(GetObjectResponse head, AbortableInputStream body, long most) throws IOException {
            Long length = head.contentLength();
            if (head.eTag() == null || (length != null && length > most)) {
                body.abort();
                return new Response(head, null, false);
            }
            byte[] content = body.readNBytes((int) Math.min(most, LargeFiles.LARGEST));
            if (body.read() >= 0) {
                body.abort();
                return new Response(head, null, false);
            }
            body.close();
            return new Response(head, content, length != null && length != content.length);
        }

        /**
         * Reads a range from an answer with the whole object, for servers that do not support ranges. Stops after the
         * range.
         */
        private static Response readWithin(GetObjectResponse head, AbortableInputStream body, long from, int length)
                throws IOException {
            if (head.eTag() == null) {
                body.abort();
                return new Response(head, null, false);
            }
            Long whole = head.contentLength();
            long skipped = 0;
            while (skipped < from && body.read() >= 0) {
                skipped += 1 + body.skip(from - skipped - 1);
            }
            byte[] content = body.readNBytes(length);
            boolean isCutOff = whole != null && content.length < Math.clamp(whole - from, 0, length);
            body.abort();
            return new Response(head, content, isCutOff);
        }
    }
}
