package dev.tidemark.engine.internal.encryption;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * What a storage is the remote of.
 *
 * @param library the library that files are written for
 * @param epoch its epoch
 * @param aliases libraries whose files count as its own
 */
public record LibraryBinding(UUID library, int epoch, Set<UUID> aliases) {
    /** Copies the aliases. */
    public LibraryBinding {
        aliases = Set.copyOf(aliases);
    }

    /** The library as files say it: 32 hex digits. */
    String libraryText() {
        return library.toString().replace("-", "");
    }

    /** The epoch in eight digits, so that all files grow by the same. */
    String epochText() {
        return String.format(Locale.ROOT, "%08d", epoch);
    }

    boolean accepts(String libraryText) {
        return libraryText.equals(libraryText())
                || aliases.stream()
                        .anyMatch(alias -> alias.toString().replace("-", "").equals(libraryText));
    }
}
