package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a library is kept, as one line of text: {@code file:///home/ann/Sync} or {@code
 * s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-central-1}. Never holds a key or a password. Immutable.
 */
public sealed interface StorageUrl {
    /**
     * Reads an address, in its canonical form or another.
     *
     * @throws StorageException if it is none; the sentence says what to write instead, and repeats no secret
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

    /** The address of a folder. */
    static Folder folder(Path path) {
        return new Folder(path);
    }

    /** The canonical form, the same for the same place and settings. */
    String text();

    /** What {@link RemoteStorage#description} says of this place: the same whatever region is named. */
    String location();

    /**
     * A folder of this computer.
     *
     * @param path absolute and without {@code ..}
     */
    record Folder(Path path) implements StorageUrl {
        /** A relative path is one of the working directory. */
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
     * A part of a bucket.
     *
     * @param bucket its name
     * @param prefix what the names of objects begin with, without slashes at its ends; empty for the whole bucket
     * @param endpoint the server, such as {@code https://s3.example.org:9000}; {@code null} for Amazon's
     * @param region where the bucket is; {@code null} for the server's usual one
     */
    record Bucket(
            String bucket,
            String prefix,
            @Nullable String endpoint,
            @Nullable String region) implements StorageUrl {
        /**
         * Brings all parts into their canonical form.
         *
         * @throws StorageException if one of them cannot be what it should be
         */
        public Bucket {
            bucket = BucketUrl.bucket(bucket);
            prefix = BucketUrl.prefix(prefix);
            endpoint = endpoint == null || endpoint.isBlank() ? null : BucketUrl.endpoint(endpoint);
            region = region == null || region.isBlank() ? null : BucketUrl.region(region);
        }

        /** The same place with another region named. */
        public Bucket in(String otherRegion) {
            return new Bucket(bucket, prefix, endpoint, otherRegion);
        }

        /** Whether what is sent, keys excepted, can be read by others on the way: the endpoint is one of plain http. */
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
     * The address of a folder, given as a path of this computer.
     *
     * @throws StorageException if it is no path
     */
    static Folder folder(String path) {
        try {
            return new Folder(Path.of(path));
        } catch (InvalidPathException e) {
            throw new StorageException(e, Problem.STORAGE_URL_PATH, path);
        }
    }
}
