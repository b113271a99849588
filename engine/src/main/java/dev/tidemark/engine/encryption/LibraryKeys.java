package dev.tidemark.engine.encryption;

import dev.tidemark.engine.internal.encryption.KeyRing;
import java.util.Arrays;
import java.util.List;

/**
 * The unlocked keys of an encrypted library: whoever has them can read and write it. Keep them where the system keeps
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
     * Keys from what {@link #toBytes} gave.
     *
     * @param text is copied: wipe it
     * @throws IllegalArgumentException if these are none; the message does not repeat them
     */
    public static LibraryKeys parse(byte[] text) {
        return new LibraryKeys(text.clone());
    }

    /** The keys as the lines of an identity file of the {@code age} command, in ASCII. Wipe the array after use. */
    public byte[] toBytes() {
        return text.clone();
    }

    /** What names each of the keys, in hex, the one that files are written with last. No secrets. */
    public List<String> identities() {
        return identities;
    }

    /** Wipes them. Not to be used any more then. */
    @Override
    public void close() {
        Arrays.fill(text, (byte) 0);
    }

    /** Says how many there are, and none of them. */
    @Override
    public String toString() {
        return "LibraryKeys[" + identities.size() + "]";
    }
}
