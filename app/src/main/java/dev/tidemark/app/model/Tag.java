package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tag in the sidebar. Immutable.
 *
 * @param id the id of the tag's label, derived from the name
 * @param name the name without {@code #}
 * @param color the name of a palette colour, or {@code null}
 * @param icon an icon's name, or {@code null}
 * @param open the number of open items with the tag that are not in the trash
 */
public record Tag(
        UUID id,
        String name,
        @Nullable String color,
        @Nullable String icon,
        int open) {}
