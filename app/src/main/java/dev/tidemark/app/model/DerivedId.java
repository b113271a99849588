package dev.tidemark.app.model;

import dev.tidemark.engine.blob.BlobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids made from names, so that two devices that make the same thing at once make one.
 *
 * <p>A UUID of version 8 (RFC 9562): the first 16 bytes of SHA-256 over the namespace's 16 bytes and the name in UTF-8.
 * This is part of the data format and never changes.
 */
final class DerivedId {
    /** Namespace of lists: a random UUID, fixed for ever. */
    private static final UUID LISTS = UUID.fromString("8f0c2b7e-51d4-4a3b-9c60-1d2f7ae9b3c5");

    /** Namespace of the looks of tags: a random UUID, fixed for ever. */
    private static final UUID LABELS = UUID.fromString("3c5d9a10-7be2-4f0e-8a47-c0f1e6b2d958");

    private DerivedId() {}

    /** The id of the row that says that this item has this tag. */
    static UUID tag(UUID item, String name) {
        return of(item, name);
    }

    /** The id of the row that says that this item has a file of this content and name. */
    static UUID attachment(UUID item, BlobId content, String name) {
        return of(item, content.hex() + "/" + name);
    }

    /** The id that a list of this name gets, if it is free. */
    static UUID list(String name) {
        return of(LISTS, name);
    }

    /** The id of the row that says what this tag looks like. */
    static UUID label(String name) {
        return of(LABELS, name);
    }

    /** The id of the todo that follows a repeating one that was due then. */
    static UUID nextOccurrence(UUID item, Due due) {
        return of(item, "successor " + due);
    }

    private static UUID of(UUID namespace, String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        digest.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (hash.getLong() & ~0xf000L) | 0x8000L;
        long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | Long.MIN_VALUE;
        return new UUID(most, least);
    }
}
