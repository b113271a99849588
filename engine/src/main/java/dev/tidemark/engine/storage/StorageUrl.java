package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of a storage as one line of text: {@code file:///home/ann/Sync} or
 * {@code s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-central-1}. Never contains a key or a password.
 * Immutable.
 */
public sealed interface StorageUrl {
    /**
     * Parses an address, which need not be in canonical form.
     *
     * @throws StorageException if the address is invalid. The message shows the right form and does not repeat secrets.
     */
    static StorageUrl parse(String text) {
        String url = text.strip();
        String scheme = url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> FileUrl.parse(url);
            case "s3" -> BucketUrl.parse(url);
            default -> {
                BucketUrl.refuseCredentials(url);
                throw new StorageException(Problem.STORAGE_URL_MALFORMED, url);
            }
        };
    }

    /** Returns the address of a folder. */
    static Folder folder(Path path) {
        return new Folder(path);
    }

    /** Returns the address in canonical form, which is equal for equal storages and settings. */
    String text();

    /** Returns the {@link RemoteStorage#description} of this storage. It does not depend on the region. */
    String location();

    /**
     * A folder of this computer.
     *
     * @param path absolute and without {@code ..}
     */
    record Folder(Path path) implements StorageUrl {
        /** Resolves a relative path against the working directory. */
        public Folder {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public String text() {
            return FileUrl.of(path.toString(), FileUrl.ON_WINDOWS);
        }

        @Override
        public String location() {
            return FolderStorage.location(path);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * A bucket, or the part of it below a prefix.
     *
     * @param bucket the bucket's name
     * @param prefix the beginning of the objects' names, without slashes at its ends; empty for the whole bucket
     * @param endpoint the server's address, such as {@code https://s3.example.org:9000}; {@code null} for Amazon's
     *     server
     * @param region the bucket's region; {@code null} for the server's default
     */
    record Bucket(
            String bucket,
            String prefix,
            @Nullable String endpoint,
            @Nullable String region) implements StorageUrl {
        /**
         * Brings all parts into their canonical form.
         *
         * @throws StorageException if a part is invalid
         */
        public Bucket {
            bucket = BucketUrl.bucket(bucket);
            prefix = BucketUrl.prefix(prefix);
            endpoint = endpoint == null || endpoint.isBlank() ? null : BucketUrl.endpoint(endpoint);
            region = region == null || region.isBlank() ? null : BucketUrl.region(region);
        }

        /** Returns this address with another region. */
        public Bucket in(String otherRegion) {
            return new Bucket(bucket, prefix, endpoint, otherRegion);
        }

        /**
         * Returns whether the endpoint is plain http. If so, others on the network can read all traffic except the
         * keys.
         */
        public boolean isPlainHttp() {
            return endpoint != null && endpoint.startsWith("http:");
        }

        @Override
        public String text() {
            return BucketUrl.text(this, region);
        }

        @Override
        public String location() {
            return BucketUrl.text(this, null);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * Returns the address of a folder, from a path of this computer.
     *
     * @throws StorageException if the text is not a valid path
     */
    static Folder folder(String path) {
        try {
            return new Folder(Path.of(path));
        } catch (InvalidPathException e) {
            throw new StorageException(e, Problem.STORAGE_URL_PATH, path);
        }
    }
}
