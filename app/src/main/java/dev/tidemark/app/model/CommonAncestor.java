package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.Optional;

/** Finds the last version of a text that the writers of both versions in a conflict had seen. */
public final class CommonAncestor {
    private CommonAncestor() {}

    /** Returns the version. Returns empty if there is no such version, or if the changelog may lack it. */
    public static Optional<String> of(Database database, Conflict conflict) {
        return ConcurrentTexts.of(database, conflict.table(), conflict.row(), conflict.column())
                .ancestor(conflict.winner().dot(), conflict.loser().dot());
    }
}
