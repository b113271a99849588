package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list that the user created. Immutable.
 *
 * @param name the list's name. Two lists may have the same name
 * @param color the name of a palette colour, or {@code null}
 * @param open the number of open items in the list that are not in the trash
 */
public record ItemList(
        UUID id,
        String name,
        @Nullable String color,
        @Nullable String icon,
        int open) {}
