package dev.tidemark.engine.changelog;

/**
 * Some rows of a snapshot, as {@code docs/file-format.md} describes the body of a part. Immutable as long as nobody changes
 * the array.
 *
 * @param length the length of the body before compression, in bytes
 * @param content the body, a zlib stream
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are handed on, never compared
public record SnapshotPart(long length, byte[] content) {}
