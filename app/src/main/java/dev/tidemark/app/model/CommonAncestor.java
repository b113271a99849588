package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.Optional;

/** Finds the last version of a text that both writers of a conflict had seen. */
public final class CommonAncestor {
    private CommonAncestor() {}

    /** Reads the changes of the row. Empty if there is no ancestor or the changelog may lack it. */
    public static Optional<String> of(Database database, Conflict conflict) {
        return ConcurrentTexts.of(database, conflict.table(), conflict.row(), conflict.column())
                .ancestor(conflict.winner().dot(), conflict.loser().dot());
    }
}
