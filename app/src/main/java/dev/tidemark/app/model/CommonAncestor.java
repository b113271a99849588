package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the last version of a text that both writers of a conflict had seen. */
public final class CommonAncestor {
    private CommonAncestor() {}

    /** Reads the row's changes; empty if there was none, or it was truncated. */
    public static Optional<String> of(Database database, Conflict conflict) {
        List<Change> changes = database.changelog()
                .list(ChangelogQuery.ALL.row(conflict.table(), conflict.row()).newestFirst());
        Change winner = find(changes, conflict.winner().dot());
        Change loser = find(changes, conflict.loser().dot());
        if (winner == null || loser == null) {
            return Optional.empty();
        }
        return changes.stream()
                .filter(change -> change.kind() != Change.Kind.ERASED
                        && change.values().containsKey(conflict.column())
                        && winner.hasSeen(change.dot())
                        && loser.hasSeen(change.dot()))
                .findFirst()
                .map(change -> change.values().get(conflict.column()) instanceof String text ? text : "");
    }

    private static @Nullable Change find(List<Change> changes, Dot dot) {
        return changes.stream()
                .filter(change -> change.dot().equals(dot))
                .findFirst()
                .orElse(null);
    }
}
