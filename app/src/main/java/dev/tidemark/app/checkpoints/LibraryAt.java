package dev.tidemark.app.checkpoints;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.List;

/** A library as it was at a checkpoint: a temporary database to which the changes until then were applied. */
public final class LibraryAt {
    private LibraryAt() {}

    /**
     * Applies the changes that the vector covers: a second or two for 100,000. Text that was erased since is not there.
     *
     * @return to be closed, which deletes it
     * @throws ProblemException if the checkpoint cannot be read, or the changelog lacks changes of that time
     */
    public static Database open(Database library, Checkpoint checkpoint) {
        VersionVector vector = checkpoint.vector();
        if (vector == null) {
            throw new ProblemException("checkpoint.unreadable", checkpoint.name());
        }
        if (!library.changelog().floor().isEmpty()
                || !library.changelog().vector().covers(vector)) {
            throw new ProblemException("checkpoint.incomplete", checkpoint.name());
        }
        Database then = Database.openTemporary(LibrarySchema.SCHEMA);
        try {
            apply(library, vector, then);
        } catch (RuntimeException | Error e) {
            then.close();
            throw e;
        }
        return then;
    }

    private static void apply(Database library, VersionVector vector, Database then) {
        try (Batch.Reader batches = library.changelog().read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
            for (Batch batch = batches.next();
                    batch != null && !then.changelog().vector().covers(vector);
                    batch = batches.next()) {
                List<Change> covered = batch.changes().stream()
                        .filter(change -> vector.covers(change.dot()))
                        .toList();
                if (!covered.isEmpty()) {
                    then.changelog().append(new Batch(covered));
                }
            }
        }
    }
}
