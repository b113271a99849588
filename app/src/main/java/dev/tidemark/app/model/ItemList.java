package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list that the user created. Immutable.
 *
 * @param name its name; two lists may have the same
 * @param color the name of a palette colour, or {@code null}
 * @param open the number of its open items that are not in the trash
 */
public record ItemList(
        UUID id,
        String name,
        @Nullable String color,
        @Nullable String icon,
        int open) {}
