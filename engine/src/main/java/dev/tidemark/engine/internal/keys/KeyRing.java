package dev.tidemark.engine.internal.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The identities of a library that this device has. The newest identity encrypts new files, so devices with the same
 * identities choose the same one. Immutable until closed.
 */
public final class KeyRing implements AutoCloseable {
    private static final String CREATED = "# created: ";
    private static final Comparator<Identity> BY_AGE =
            Comparator.comparing(Identity::created).thenComparing(Identity::id);

    private final List<Identity> identities;

    private KeyRing(Collection<Identity> identities) {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("There is no key");
        }
        TreeMap<String, Identity> distinct = new TreeMap<>();
        identities.forEach(identity -> distinct.putIfAbsent(identity.id(), identity));
        this.identities = distinct.values().stream().sorted(BY_AGE).toList();
    }

    public static KeyRing of(Collection<Identity> identities) {
        return new KeyRing(identities.stream().map(Identity::copy).toList());
    }

    /**
     * Reads the identities from the text of an age identity file.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public static KeyRing read(byte[] text) {
        CharBuffer characters = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(text));
        try {
            return new KeyRing(parse(characters));
        } finally {
            Arrays.fill(characters.array(), '\0');
        }
    }

    private static List<Identity> parse(CharBuffer text) {
        List<Identity> identities = new ArrayList<>();
        Instant created = Instant.EPOCH;
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n') {
                end++;
            }
            int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            CharBuffer line = text.subSequence(start, last);
            if (line.length() > 0 && line.charAt(0) == '#') {
                created = createdIn(line.toString(), created);
            } else if (line.length() > 0) {
                identities.add(Identity.parse(line, created));
            }
            start = end + 1;
        }
        return identities;
    }

    private static Instant createdIn(String comment, Instant otherwise) {
        if (!comment.startsWith(CREATED)) {
            return otherwise;
        }
        try {
            return Instant.parse(comment.substring(CREATED.length()).strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A key does not say when it was created", e);
        }
    }

    /** Returns the text of an age identity file. The caller wipes the array. */
    public byte[] write() {
        StringBuilder text = new StringBuilder();
        for (Identity identity : identities) {
            text.append(CREATED).append(identity.created()).append('\n');
            text.append(identity.secretText()).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        text.setLength(0);
        return bytes;
    }

    /** Returns the ids, in the order from the oldest identity to the newest. */
    public List<String> ids() {
        return identities.stream().map(Identity::id).toList();
    }

    public List<Identity> identities() {
        return identities;
    }

    /** Returns the identity that encrypts new files. */
    public Identity current() {
        return identities.getLast();
    }

    @Override
    public void close() {
        identities.forEach(Identity::close);
    }

    @Override
    public String toString() {
        return "KeyRing[" + identities.size() + "]";
    }
}
