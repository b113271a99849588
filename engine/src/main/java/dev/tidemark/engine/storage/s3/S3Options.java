package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.storage.StorageUrl;

/**
 * How a bucket is reached. Immutable.
 *
 * @param place the bucket
 * @param credentials its keys
 * @param pathStyle whether the bucket stands in the path ({@code https://server/bucket}) and not in front of the server's
 *     name ({@code https://bucket.server}). Look-alikes rarely have names for each bucket
 * @param compatibility whether newer parts of S3, which look-alikes may not know, are left out: checksums other than MD5
 *     and bodies sent in signed chunks
 * @param test whether somebody is waiting for the answer: one attempt of at most 8 seconds, where otherwise there are three
 */
public record S3Options(
        StorageUrl.Bucket place, S3Credentials credentials, boolean pathStyle, boolean compatibility, boolean test) {
    /** As the endpoint suggests: with Amazon neither, with others both path style and compatibility. */
    public static S3Options of(StorageUrl.Bucket place, S3Credentials credentials) {
        boolean lookAlike = place.endpoint() != null && !place.endpoint().endsWith(".amazonaws.com");
        return new S3Options(place, credentials, lookAlike, lookAlike, false);
    }

    /** These options with another style of paths. */
    public S3Options withPathStyle(boolean inPath) {
        return new S3Options(place, credentials, inPath, compatibility, test);
    }

    /** These options with or without newer parts of S3. */
    public S3Options withCompatibility(boolean compatible) {
        return new S3Options(place, credentials, pathStyle, compatible, test);
    }

    /** These options for a test of the connection. */
    public S3Options forTest() {
        return new S3Options(place, credentials, pathStyle, compatibility, true);
    }
}
