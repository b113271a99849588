package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.storage.StorageUrl;
import java.util.Objects;

/**
 * Options for access to a bucket. {@link #of} returns the defaults, and the other methods return a changed copy.
 * Immutable.
 */
public final class S3Options {
    private final StorageUrl.Bucket bucket;
    private final Credentials credentials;
    private final boolean pathStyle;
    private final boolean compatibility;
    private final boolean test;

    private S3Options(
            StorageUrl.Bucket bucket, Credentials credentials, boolean pathStyle, boolean compatibility, boolean test) {
        this.bucket = bucket;
        this.credentials = credentials;
        this.pathStyle = pathStyle;
        this.compatibility = compatibility;
        this.test = test;
    }

    /**
     * Returns the default options. For Amazon, they have neither path style nor compatibility; for other servers, both.
     */
    public static S3Options of(StorageUrl.Bucket bucket, Credentials credentials) {
        boolean lookAlike = bucket.endpoint() != null && !bucket.endpoint().endsWith(".amazonaws.com");
        return new S3Options(bucket, credentials, lookAlike, lookAlike, false);
    }

    /** Returns these options with or without path style. */
    public S3Options withPathStyle(boolean inPath) {
        return new S3Options(bucket, credentials, inPath, compatibility, test);
    }

    /** Returns these options with or without compatibility. */
    public S3Options withCompatibility(boolean compatible) {
        return new S3Options(bucket, credentials, pathStyle, compatible, test);
    }

    /** Returns these options for a test of the connection, in which a user waits for each request. */
    public S3Options forTest() {
        return new S3Options(bucket, credentials, pathStyle, compatibility, true);
    }

    /** Returns the address of the bucket. */
    public StorageUrl.Bucket bucket() {
        return bucket;
    }

    /** Returns the pair of keys. */
    public Credentials credentials() {
        return credentials;
    }

    /**
     * Whether the bucket's name is in the path ({@code https://server/bucket}) or in the host name
     * ({@code https://bucket.server}). Compatible servers rarely have a DNS name for each bucket.
     */
    public boolean pathStyle() {
        return pathStyle;
    }

    /**
     * Whether to avoid newer features of S3 that compatible servers may not support. These are checksums other than
     * MD5, and bodies sent in signed chunks.
     */
    public boolean compatibility() {
        return compatibility;
    }

    /**
     * Whether a user waits for the result. A request then has one attempt of at most 8 seconds. Otherwise it has up to
     * three attempts.
     */
    public boolean test() {
        return test;
    }

    /** An access key and its secret key. {@link #toString} shows neither. Immutable. */
    public static final class Credentials {
        private final String accessKey;
        private final String secretKey;

        /** Removes blanks at both ends, because copying and pasting may add them. */
        public Credentials(String accessKey, String secretKey) {
            this.accessKey = accessKey.strip();
            this.secretKey = secretKey.strip();
        }

        String accessKey() {
            return accessKey;
        }

        String secretKey() {
            return secretKey;
        }

        boolean isComplete() {
            return !accessKey.isEmpty() && !secretKey.isEmpty();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Credentials keys
                    && keys.accessKey.equals(accessKey)
                    && keys.secretKey.equals(secretKey);
        }

        @Override
        public int hashCode() {
            return Objects.hash(accessKey, secretKey);
        }

        @Override
        public String toString() {
            return isComplete() ? "a pair of keys" : "no pair of keys";
        }
    }
}
