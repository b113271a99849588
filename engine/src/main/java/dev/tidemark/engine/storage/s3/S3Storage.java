package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.internal.storage.RangedDownload;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores objects in a bucket, below a prefix. An interrupt ends a request within milliseconds. An answer that is not
 * from the S3 server, such as the sign-in page of a network, is an error. It never counts as an empty bucket or as a
 * confirmation. Objects have at least one byte and at most 1 GiB. Thread-safe.
 */
public final class S3Storage implements RemoteStorage {
    /** The maximum number of objects that one request lists. */
    private static final int PAGE = 1_000;

    private final S3Options options;
    private final S3Requests requests;
    private final String keyPrefix;

    private S3Storage(S3Options options, S3Requests requests) {
        this.options = options;
        this.requests = requests;
        this.keyPrefix =
                options.bucket().prefix().isEmpty() ? "" : options.bucket().prefix() + "/";
    }

    /**
     * Opens the storage in a bucket. This method makes no request yet.
     *
     * @throws StorageException if a key is missing, or if the AWS SDK is not on the class path
     */
    public static S3Storage open(S3Options options) {
        if (!options.credentials().isComplete()) {
            throw new StorageException(
                    Problem.STORAGE_KEYS_MISSING, options.bucket().bucket());
        }
        try {
            return open(options, options.test() ? S3Timeouts.TEST : S3Timeouts.DEFAULT, S3Trust.bundles());
        } catch (NoClassDefFoundError e) {
            throw new StorageException(e, Problem.STORAGE_SDK_MISSING);
        }
    }

    /** Opens a storage with other timeouts that trusts the given certificates. For tests. */
    static S3Storage open(S3Options options, S3Timeouts timeouts, List<Path> certificates) {
        return new S3Storage(options, new S3Requests(options, timeouts, certificates, InstantSource.system()));
    }

    /** Opens a storage with another clock. For tests. */
    static S3Storage open(S3Options options, InstantSource clock) {
        return new S3Storage(options, new S3Requests(options, S3Timeouts.DEFAULT, List.of(), clock));
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        return requests.list(keyPrefix, prefix, after);
    }

    @Override
    public byte[] get(String name) {
        return get(name, LargeFiles.LARGEST);
    }

    @Override
    public byte[] get(String name, long most) {
        ObjectNames.require(name);
        byte[] content = requests.get(keyPrefix + name, most);
        if (content == null) {
            throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
        }
        return content;
    }

    /**
     * @throws IllegalArgumentException also if the content is empty, because some servers treat empty objects as
     *     folders
     */
    @Override
    public void put(String name, byte[] content) {
        ObjectNames.require(name);
        if (content.length == 0) {
            throw new IllegalArgumentException("An object has at least one byte");
        }
        requests.put(keyPrefix + name, content);
    }

    /** Uploads objects above 16 MiB in parts. A resumed upload does not send confirmed parts again. */
    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        ObjectNames.require(name);
        requests.upload(keyPrefix + name, file, notes, progress);
    }

    /** Downloads the object range by range. */
    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        ObjectNames.require(name);
        RangedDownload.run(file, notes, progress, (from, length) -> {
            byte[] range = requests.range(keyPrefix + name, from, length);
            if (range == null) {
                throw new StorageException.ObjectMissingException(Problem.STORAGE_OBJECT_MISSING, name);
            }
            return range;
        });
    }

    @Override
    public void delete(String name) {
        ObjectNames.require(name);
        requests.delete(keyPrefix + name);
    }

    @Override
    public Optional<Duration> clockAhead() {
        return requests.clockAhead();
    }

    @Override
    public int listPageSize() {
        return PAGE;
    }

    @Override
    public String description() {
        return options.bucket().location();
    }

    @Override
    public void close() {
        requests.close();
    }

    @Override
    public String toString() {
        return description();
    }
}
