package dev.tidemark.engine.internal.encryption;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * The library and epoch that a storage belongs to.
 *
 * @param library the library that files are written for
 * @param epoch its epoch
 * @param aliases other libraries whose files are accepted
 */
public record LibraryBinding(UUID library, int epoch, Set<UUID> aliases) {
    public LibraryBinding {
        aliases = Set.copyOf(aliases);
    }

    /** Returns the library id in the form that files use: 32 hex digits. */
    String libraryText() {
        return library.toString().replace("-", "");
    }

    /** Returns the epoch as eight digits. The fixed length makes file sizes predictable. */
    String epochText() {
        return String.format(Locale.ROOT, "%08d", epoch);
    }

    boolean accepts(String libraryText) {
        return libraryText.equals(libraryText())
                || aliases.stream()
                        .anyMatch(alias -> alias.toString().replace("-", "").equals(libraryText));
    }
}
