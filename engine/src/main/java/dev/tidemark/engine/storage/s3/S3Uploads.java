package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.storage.LargeFiles;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads objects, and large objects in parts. An upload fails unless the server confirms it. Thread-safe. */
final class S3Uploads {
    /**
     * The size in bytes up to which an object is sent in one request. With a larger one, a broken connection would
     * waste too much.
     */
    static final int LARGE = 16 << 20;

    static final int PART = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(S3Uploads.class);
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(8);
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final HexFormat HEX = HexFormat.of();

    private final S3Client client;
    private final String bucket;
    private final boolean compatibility;
    private final S3Timeouts timeouts;
    private final S3Errors errors;

    S3Uploads(S3Client client, S3Options options, S3Timeouts timeouts, S3Errors errors) {
        this.client = client;
        this.bucket = options.bucket().bucket();
        this.compatibility = options.compatibility();
        this.timeouts = timeouts;
        this.errors = errors;
    }

    void put(String key, byte[] content) {
        if (content.length > LARGE) {
            putMultipart(key, content);
        } else {
            putSingle(key, content);
        }
    }

    /** Uploads a file as {@link #put} does. Resumes interrupted uploads above 16 MiB. */
    void upload(String key, Path file, Path notes, LongConsumer progress) {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            if (content.size() > LARGE) {
                new ResumableUpload(key, content, notes, progress).run();
            } else {
                progress.accept(0);
                putSingle(key, LargeFiles.read(file));
                progress.accept(content.size());
            }
        } catch (IOException e) {
            throw LargeFiles.notRead(file, e);
        }
    }

    /** An upload in parts. It records the confirmed parts, so that a later attempt skips them. */
    private final class ResumableUpload {
        private final String key;
        private final FileChannel content;
        private final long size;
        private final MultipartUploadState notes;
        private final LongConsumer progress;

        ResumableUpload(String key, FileChannel content, Path folder, LongConsumer progress) throws IOException {
            this.key = key;
            this.content = content;
            this.size = content.size();
            this.notes = MultipartUploadState.read(folder, key, size);
            this.progress = progress;
        }

        void run() throws IOException {
            boolean resumes = notes.upload() != null;
            try {
                send();
            } catch (S3Exception e) {
                // The lifecycle rules of the bucket have removed the parts, or the bucket was replaced.
                if (!resumes || !S3Errors.isUploadGone(e)) {
                    throw e;
                }
                notes.delete();
                send();
            }
            notes.delete();
        }

        private void send() throws IOException {
            String upload = notes.upload();
            if (upload == null) {
                upload = begin(key);
                notes.begin(upload);
            }
            progress.accept(Math.min(size, (long) notes.parts().size() * PART));
            MessageDigest digests = md5();
            for (int number = 1; (number - 1L) * PART < size; number++) {
                long start = (number - 1L) * PART;
                byte[] bytes = read(start, (int) Math.min(PART, size - start));
                byte[] digest = md5(bytes, 0, bytes.length);
                digests.update(digest);
                if (number > notes.parts().size()) {
                    notes.add(part(key, upload, number, bytes, 0, bytes.length, digest));
                    progress.accept(start + bytes.length);
                }
            }
            List<CompletedPart> parts = notes.parts();
            complete(key, upload, parts, size, HEX.formatHex(digests.digest()) + "-" + parts.size());
        }

        private byte[] read(long start, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (content.read(bytes, start + bytes.position()) < 0) {
                    throw new EOFException("The file has become shorter");
                }
            }
            return bytes.array();
        }
    }

    private void putSingle(String key, byte[] content) {
        byte[] digest = md5(content, 0, content.length);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(CONTENT_TYPE)
                .overrideConfiguration(configuration -> timeouts.upload(configuration, content.length));
        if (compatibility) {
            request.contentMD5(Base64.getEncoder().encodeToString(digest));
        }
        var answer = client.putObject(request.build(), body(content, 0, content.length));
        confirm(key, content.length, answer.eTag(), HEX.formatHex(digest), answer);
    }

    /**
     * Verifies the answer to an upload. An answer without a tag is not from S3, but perhaps a sign-in page. A tag that
     * equals the content's digest proves that the object is stored. Servers that encrypt return other tags. For these,
     * a request id suffices, or a HEAD request that finds the object.
     */
    private void confirm(String key, long size, @Nullable String tag, String expected, S3Response answer) {
        if (tag == null) {
            throw errors.notS3();
        }
        String requestId = answer.responseMetadata().requestId();
        boolean known = unquoted(tag).equalsIgnoreCase(expected)
                || !(requestId == null || requestId.isEmpty() || requestId.equals("UNKNOWN"));
        if (!known && !exists(key, size, tag)) {
            throw errors.unconfirmed();
        }
    }

    private boolean exists(String key, long size, @Nullable String tag) {
        try {
            HeadObjectResponse head = client.headObject(
                    HeadObjectRequest.builder().bucket(bucket).key(key).build());
            return Objects.equals(head.contentLength(), size)
                    && (tag == null
                            || Objects.equals(unquoted(tag), head.eTag() == null ? null : unquoted(head.eTag())));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private void putMultipart(String key, byte[] content) {
        String upload = begin(key);
        try {
            List<CompletedPart> parts = new ArrayList<>();
            MessageDigest digests = md5();
            for (int start = 0; start < content.length; start += PART) {
                int length = Math.min(PART, content.length - start);
                byte[] digest = md5(content, start, length);
                digests.update(digest);
                parts.add(part(key, upload, parts.size() + 1, content, start, length, digest));
            }
            complete(key, upload, parts, content.length, HEX.formatHex(digests.digest()) + "-" + parts.size());
        } catch (RuntimeException e) {
            abort(key, upload, e);
            throw e;
        }
    }

    private String begin(String key) {
        String upload = client.createMultipartUpload(CreateMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .build())
                .uploadId();
        if (upload == null) {
            throw errors.notS3();
        }
        return upload;
    }

    private CompletedPart part(
            String key, String upload, int number, byte[] content, int start, int length, byte[] digest) {
        UploadPartRequest.Builder request = UploadPartRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .partNumber(number)
                .overrideConfiguration(configuration -> timeouts.upload(configuration, length));
        if (compatibility) {
            request.contentMD5(Base64.getEncoder().encodeToString(digest));
        }
        UploadPartResponse answer = client.uploadPart(request.build(), body(content, start, length));
        if (answer.eTag() == null) {
            throw errors.notS3();
        }
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build();
    }

    /** Completes an upload. If the server no longer knows the upload, an earlier attempt may have completed it. */
    private void complete(String key, String upload, List<CompletedPart> parts, long size, String expected) {
        try {
            CompleteMultipartUploadResponse answer =
                    client.completeMultipartUpload(CompleteMultipartUploadRequest.builder()
                            .bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(CompletedMultipartUpload.builder()
                                    .parts(parts)
                                    .build())
                            .build());
            confirm(key, size, answer.eTag(), expected, answer);
        } catch (NoSuchUploadException e) {
            if (!exists(key, size, expected)) {
                throw e;
            }
        }
    }

    /** Aborts a failed upload, because the bucket's owner would otherwise pay for its parts. */
    private void abort(String key, String upload, RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            client.abortMultipartUpload(AbortMultipartUploadRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(ABORT_LIMIT))
                    .build());
        } catch (SdkException e) {
            failure.addSuppressed(e);
            LOG.info("A multipart upload could not be aborted; the bucket's lifecycle rules should remove it");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns a request body that does not copy the content. Each attempt reads it from the beginning. */
    private static RequestBody body(byte[] content, int start, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, start, length), length, CONTENT_TYPE);
    }

    private static String unquoted(String tag) {
        return tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : tag;
    }

    private static byte[] md5(byte[] content, int start, int length) {
        MessageDigest digest = md5();
        digest.update(content, start, length);
        return digest.digest();
    }

    /** Returns a digest for the tags of S3 objects. MD5 is not used for security here. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
