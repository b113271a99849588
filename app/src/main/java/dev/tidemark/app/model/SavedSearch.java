package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A search that the person keeps, on all devices. Immutable.
 *
 * @param id its id
 * @param name its name
 * @param query what is searched for, see {@link Search}
 * @param color a colour's name of the design's palette, or {@code null}
 * @param icon an icon's name, or {@code null}
 */
public record SavedSearch(
        UUID id,
        String name,
        String query,
        @Nullable String color,
        @Nullable String icon) {}
