package dev.tidemark.app.model;

import dev.tidemark.engine.blob.BlobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Derives ids from names, so that two devices that create the same tag or list concurrently use the same id.
 *
 * <p>The id is a UUID of version 8 (RFC 9562), made of the first 16 bytes of the SHA-256 of the namespace's 16 bytes
 * and the name in UTF-8. The computation is part of the data format and never changes.
 */
public final class DerivedId {
    /** The namespace of lists, a random UUID that never changes. */
    private static final UUID LISTS = UUID.fromString("8f0c2b7e-51d4-4a3b-9c60-1d2f7ae9b3c5");

    /** The namespace of tag labels, a random UUID that never changes. */
    private static final UUID LABELS = UUID.fromString("3c5d9a10-7be2-4f0e-8a47-c0f1e6b2d958");

    /** The namespace of items imported from other programs, a random UUID that never changes. */
    private static final UUID IMPORTS = UUID.fromString("5a6b0a0e-9d0c-4c55-8d2f-6f1b3e7a4c21");

    private DerivedId() {}

    /** Returns the id of the row that gives this item this tag. */
    static UUID tag(UUID item, String name) {
        return of(item, name);
    }

    /** Returns the id of the row that attaches a file with this content and name to this item. */
    static UUID attachment(UUID item, BlobId content, String name) {
        return of(item, content.hex() + "/" + name);
    }

    /** Returns the id that a new list of this name gets, unless another list has this id. */
    static UUID list(String name) {
        return of(LISTS, name);
    }

    /** Returns the id of the row with this tag's colour, icon and position. */
    static UUID label(String name) {
        return of(LABELS, name);
    }

    /** Returns the id of the next occurrence of a repeating todo. The occurrence has this due date. */
    static UUID nextOccurrence(UUID item, Due due) {
        return of(item, "successor " + due);
    }

    /**
     * Returns the id of an item from another program. Because the id is the same each time, a repeated import updates
     * the item.
     *
     * @param origin the name of the other program
     * @param key identifies the item in the other program
     */
    public static UUID imported(String origin, String key) {
        return of(IMPORTS, origin + "/" + key);
    }

    /** Returns the id with these 16 bytes. */
    public static UUID ofBytes(byte[] bytes) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong());
    }

    private static UUID of(UUID namespace, String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
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
