package dev.tidemark.app.detail;

import java.util.List;
import java.util.UUID;

/**
 * Something about which devices disagree: an item, a list, a tag, a saved search. Immutable.
 *
 * @param row its id
 * @param title what it is called; may be empty
 * @param isItem whether it is an item that can be opened
 * @param lost what lost, at least one
 */
public record ConflictGroup(UUID row, String title, boolean isItem, List<LosingVersion> lost) {}
