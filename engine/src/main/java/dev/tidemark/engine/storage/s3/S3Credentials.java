package dev.tidemark.engine.storage.s3;

import java.util.Objects;

/** The pair of keys that opens a bucket. Shows neither of them in {@link #toString}. Immutable. */
public final class S3Credentials {
    private final String accessKey;
    private final String secretKey;

    /** Blanks at the ends of either, which copying leaves there, are taken off. */
    public S3Credentials(String accessKey, String secretKey) {
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
        return other instanceof S3Credentials keys
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
