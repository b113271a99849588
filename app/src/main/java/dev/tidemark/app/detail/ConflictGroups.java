package dev.tidemark.app.detail;

import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.Comparator;
import java.util.List;

/** Groups conflicts by item, list, tag or saved search. Thread-safe. */
final class ConflictGroups {
    private final Database database;

    ConflictGroups(Database database) {
        this.database = database;
    }

    /** @param lost the losing versions of one row */
    ConflictGroup of(List<LosingVersion> lost) {
        Conflict conflict = lost.getFirst().conflict();
        ConflictLine.Subject subject = ConflictLine.subject(database, conflict);
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
