/**
 * Storages in buckets of Amazon S3 and compatible servers. They need {@code software.amazon.awssdk:s3} and
 * {@code :apache5-client} on the class path, which are optional dependencies of the engine.
 */
@NullMarked
package dev.tidemark.engine.storage.s3;

import org.jspecify.annotations.NullMarked;
