package dev.tidemark.app.detail;

import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.engine.Database;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Groups the losing versions of one item, list, tag or saved search. Immutable.
 *
 * @param title the item's title or the row's name; may be empty
 * @param isItem whether the row is an item, which can be opened
 * @param losing the losing versions, at least one
 */
public record ConflictGroup(UUID row, String title, boolean isItem, List<LosingVersion> losing) {
    /** @param losing the losing versions of one row, at least one */
    static ConflictGroup of(Database database, List<LosingVersion> losing) {
        ConflictLine.Subject subject =
                ConflictLine.subject(database, losing.getFirst().conflict());
        List<LosingVersion> ordered = losing.stream()
                .sorted(Comparator.comparingInt(one -> rank(one.conflict().column())))
                .toList();
        return new ConflictGroup(subject.id(), subject.title(), subject.isItem(), ordered);
    }

    /** Orders the fields like the detail pane: title first, body last. */
    private static int rank(String column) {
        return switch (column) {
            case "title" -> 0;
            case "body" -> 2;
            default -> 1;
        };
    }
}
