package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

/** The requests of a bucket, by key; each answer is looked at before it is believed. Thread-safe. */
final class S3Requests implements AutoCloseable {
    /** What is larger is no object of ours. */
    private static final long LARGEST = 1L << 30;

    /** The object ends before the range. */
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Clock clock;
    private final S3Client client;
    private final S3Timeouts timeouts;
    private final S3Troubles troubles;
    private final String bucket;
    private final S3Uploads uploads;

    private S3Requests(S3Options options, S3Timeouts timeouts, List<Path> certificates, S3Clock clock) {
        this.clock = clock;
        this.bucket = options.place().bucket();
        this.timeouts = timeouts;
        this.troubles = new S3Troubles(options);
        this.client = S3ClientFactory.create(options, timeouts, certificates, clock);
        this.uploads = new S3Uploads(client, options, timeouts, troubles);
    }

    static S3Requests open(S3Options options) {
        return open(options, options.test() ? S3Timeouts.TEST : S3Timeouts.USUAL, S3Trust.bundles());
    }

    /** How far this computer's clock is ahead of the server's; empty if that has not said a time. */
    Optional<Duration> clockAhead() {
        return clock.ahead();
    }

    /** @param certificates files of authorities to be trusted beside those that Java knows */
    static S3Requests open(S3Options options, S3Timeouts timeouts, List<Path> certificates) {
        return open(options, timeouts, certificates, InstantSource.system());
    }

    /** @param clock this computer's */
    static S3Requests open(S3Options options, S3Timeouts timeouts, List<Path> certificates, InstantSource clock) {
        return new S3Requests(options, timeouts, certificates, new S3Clock(clock));
    }

    List<StoredObject> list(String keyPrefix, String prefix, @Nullable String after) {
        return call(
                S3Troubles.Request.LIST,
                () -> whole(() -> new S3Listing(client, bucket, troubles, keyPrefix, prefix, after).read()));
    }

    /** Once more if the line broke in the middle of the answer: for the SDK, that is no reason to try again. */
    private <T> T whole(Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkClientException e) {
            if (timeouts.attempts() > 1 && ConnectionTroubles.isBrokenAnswer(e)) {
                return work.get();
            }
            throw e;
        }
    }

    /** The object's content; {@code null} if there is none of that key. */
    byte @Nullable [] get(String key) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .overrideConfiguration(timeouts::download)
                .build();
        return call(S3Troubles.Request.GET, () -> {
            try {
                return content(whole(() -> client.getObject(request, ResponseTransformer.unmanaged(Answer::read))));
            } catch (SdkException e) {
                if (S3Troubles.isMissing(e)) {
                    return null;
                }
                throw e;
            }
        });
    }

    /**
     * These bytes of the object, fewer only where it ends; {@code null} if there is none of that key. A server that knows no
     * ranges gives the whole.
     */
    byte @Nullable [] range(String key, long from, int length) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .range("bytes=" + from + "-" + (from + length - 1))
                .overrideConfiguration(timeouts::download)
                .build();
        return call(S3Troubles.Request.GET, () -> {
            try {
                Answer answer = whole(() -> client.getObject(request, ResponseTransformer.unmanaged(Answer::read)));
                byte[] content = content(answer);
                return answer.head.contentRange() == null
                        ? Arrays.copyOfRange(content, (int) Math.min(from, content.length), (int)
                                Math.min(from + length, content.length))
                        : content;
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new byte[0];
                }
                if (S3Troubles.isMissing(e)) {
                    return null;
                }
                throw e;
            }
        });
    }

    private byte[] content(Answer answer) {
        if (answer.head.eTag() == null) {
            throw troubles.notS3();
        }
        byte[] content = answer.content;
        if (content == null) {
            throw new StorageException(Problem.STORAGE_REQUEST_FAILED, Problem.FILE_TOO_LARGE);
        }
        Long length = answer.head.contentLength();
        if (length != null && length != content.length) {
            throw troubles.connectionLost();
        }
        return content;
    }

    void put(String key, byte[] content) {
        call(S3Troubles.Request.PUT, () -> {
            uploads.put(key, content);
            return true;
        });
    }

    void upload(String key, Path file, Path notes, LongConsumer progress) {
        LongConsumer told = bytes -> {
            try {
                progress.accept(bytes);
            } catch (RuntimeException e) {
                throw new Ended(e);
            }
        };
        try {
            call(S3Troubles.Request.PUT, () -> {
                uploads.upload(key, file, notes, told);
                return true;
            });
        } catch (Ended e) {
            throw e.why;
        }
    }

    /** Whoever listens has ended it: no trouble of the server's, whatever kind of exception it is. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException why;

        Ended(RuntimeException why) {
            super(null, why, false, false);
            this.why = why;
        }
    }

    void delete(String key) {
        call(S3Troubles.Request.DELETE, () -> {
            DeleteObjectResponse answer = client.deleteObject(
                    DeleteObjectRequest.builder().bucket(bucket).key(key).build());
            boolean page = answer.sdkHttpResponse()
                    .firstMatchingHeader("Content-Type")
                    .filter(type -> type.contains("html"))
                    .isPresent();
            if (page) {
                throw troubles.notS3();
            }
            return true;
        });
    }

    /** What the SDK throws becomes a sentence. */
    private <T extends @Nullable Object> T call(S3Troubles.Request request, Supplier<T> work) {
        try {
            T result = work.get();
            troubles.answered();
            return result;
        } catch (SdkException e) {
            throw troubles.explain(e, request);
        } catch (IllegalStateException e) {
            throw new StorageException(e, Problem.STORAGE_REQUEST_FAILED, Objects.toString(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** What came for an object: its head, and its bytes unless there are too many. */
    private static final class Answer {
        private final GetObjectResponse head;
        private final byte @Nullable [] content;

        private Answer(GetObjectResponse head, byte @Nullable [] content) {
            this.head = head;
            this.content = content;
        }

        static Answer read(GetObjectResponse head, AbortableInputStream body) throws IOException {
            Long length = head.contentLength();
            if (head.eTag() == null || (length != null && length > LARGEST)) {
                body.abort();
                return new Answer(head, null);
            }
            byte[] content = body.readNBytes((int) LARGEST);
            if (content.length == LARGEST && body.read() >= 0) {
                body.abort();
                return new Answer(head, null);
            }
            body.close();
            return new Answer(head, content);
        }
    }
}
