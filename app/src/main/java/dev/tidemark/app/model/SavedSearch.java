package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saved search, synced to all devices. Immutable.
 *
 * @param query the search text; see {@link Search}
 * @param color the name of a palette colour, or {@code null}
 */
public record SavedSearch(
        UUID id,
        String name,
        String query,
        @Nullable String color,
        @Nullable String icon) {}
