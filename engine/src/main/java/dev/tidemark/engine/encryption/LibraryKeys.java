package dev.tidemark.engine.encryption;

import dev.tidemark.engine.internal.keys.KeyRing;
import java.util.Arrays;
import java.util.List;

/**
 * The unlocked keys of an encrypted library, which allow reading and writing it. Store them in the system's store of
 * secrets. Thread-safe; immutable until closed.
 */
public final class LibraryKeys implements AutoCloseable {
    private final byte[] text;
    private final List<String> identities;

    private LibraryKeys(byte[] text) {
        this.text = text;
        try (KeyRing ring = KeyRing.read(text)) {
            this.identities = ring.ids();
        }
    }

    /**
     * Returns the keys of a text from {@link #toBytes}.
     *
     * @param text the text, which is copied. The caller wipes the array.
     * @throws IllegalArgumentException if the text has no valid keys. The message does not contain the text.
     */
    public static LibraryKeys parse(byte[] text) {
        return new LibraryKeys(text.clone());
    }

    /**
     * Returns the keys as the lines of an identity file of the {@code age} command, in ASCII. Wipe the array after use.
     */
    public byte[] toBytes() {
        return text.clone();
    }

    /** Returns the id of each key, in hex. The last key encrypts new files. The ids are not secret. */
    public List<String> identities() {
        return identities;
    }

    /** Wipes the keys. Do not use this object afterwards. */
    @Override
    public void close() {
        Arrays.fill(text, (byte) 0);
    }

    /** Shows the number of keys, not the keys. */
    @Override
    public String toString() {
        return "LibraryKeys[" + identities.size() + "]";
    }
}
