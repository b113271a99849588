/**
 * A bucket of Amazon S3, or of one of the many servers that speak its language, as a storage. Needs {@code
 * software.amazon.awssdk:s3} and {@code :apache5-client} on the class path, which the engine does not bring along.
 */
@NullMarked
package dev.tidemark.engine.storage.s3;

import org.jspecify.annotations.NullMarked;
