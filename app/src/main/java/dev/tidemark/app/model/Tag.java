package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tag as the sidebar shows it. Immutable.
 *
 * @param id derived from the name
 * @param name without its mark
 * @param color a colour's name of the design's palette, or {@code null}
 * @param icon an icon's name, or {@code null}
 * @param open how many open, untrashed items have it
 */
public record Tag(
        UUID id,
        String name,
        @Nullable String color,
        @Nullable String icon,
        int open) {}
