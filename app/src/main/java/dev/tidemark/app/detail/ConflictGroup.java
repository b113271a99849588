package dev.tidemark.app.detail;

import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.engine.Database;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * An item, list, tag or saved search with conflicts. Immutable.
 *
 * @param title its title or name; may be empty
 * @param isItem whether it is an item that can be opened
 * @param lost its losing versions, at least one
 */
public record ConflictGroup(UUID row, String title, boolean isItem, List<LosingVersion> lost) {
    /** @param lost the losing versions of one row */
    static ConflictGroup of(Database database, List<LosingVersion> lost) {
        ConflictLine.Subject subject =
                ConflictLine.subject(database, lost.getFirst().conflict());
        List<LosingVersion> ordered = lost.stream()
                .sorted(Comparator.comparingInt(one -> place(one.conflict().column())))
                .toList();
        return new ConflictGroup(subject.id(), subject.title(), subject.isItem(), ordered);
    }

    /** Orders the fields as the detail pane does: title first, body last. */
    private static int place(String column) {
        return switch (column) {
            case "title" -> 0;
            case "body" -> 2;
            default -> 1;
        };
    }
}
