package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.internal.keys.KeyRing;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Sealer}s of the keys that a device has.
 *
 * @param all all sealers, in the order from the newest key to the oldest
 * @param writer the sealer that encrypts new files; {@code null} if there is none
 */
record Sealers(List<Sealer> all, @Nullable Sealer writer) {
    static final Sealers NONE = new Sealers(List.of(), null);

    static Sealers of(KeyRing ring, String writing) {
        List<Sealer> all = ring.identities().stream()
                .map(Sealer::new)
                .sorted(Comparator.comparing(Sealer::created).reversed())
                .toList();
        Sealer writer = all.stream()
                .filter(sealer -> sealer.id().equals(writing))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no key " + writing));
        return new Sealers(all, writer);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    Sealer byTag(String tag) {
        return all.stream()
                .filter(sealer -> sealer.tag().equals(tag))
                .findFirst()
                .orElse(null);
    }

    /** Returns the names that a file may have in the storage, one for each key. */
    List<String> encryptedNames(String name) {
        return all.stream().map(sealer -> sealer.encryptName(name)).toList();
    }
}
