package dev.tidemark.app.detail;

import java.util.List;
import java.util.UUID;

/**
 * An item, list, tag or saved search with conflicts. Immutable.
 *
 * @param row its id
 * @param title its title or name; may be empty
 * @param isItem whether it is an item that can be opened
 * @param lost its losing versions, at least one
 */
public record ConflictGroup(UUID row, String title, boolean isItem, List<LosingVersion> lost) {}
