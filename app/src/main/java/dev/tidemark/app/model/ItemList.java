package dev.tidemark.app.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the person's lists. Immutable.
 *
 * @param id its id
 * @param name its name; two lists may have the same
 * @param color a colour's name of the design's palette, or {@code null}
 * @param icon an icon's name, or {@code null}
 * @param open how many open, untrashed items it holds
 */
public record ItemList(
        UUID id,
        String name,
        @Nullable String color,
        @Nullable String icon,
        int open) {}
