package dev.tidemark.app.checkpoints;

import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Opens the state of a library at a checkpoint by applying the changes up to the checkpoint to a temporary database.
 */
public final class LibraryAtCheckpoint {
    private LibraryAtCheckpoint() {}

    /**
     * Opens the library at a checkpoint. Takes a second or two for 100,000 changes. Texts that have been erased since
     * the checkpoint are missing.
     *
     * @return a temporary database, which the caller must close; closing deletes it
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

    /**
     * Returns the id of the list with this name and the ids of its items, for {@link CheckpointRestore#restore}.
     *
     * @param then the library at the checkpoint
     * @throws ProblemException if the library had no such list at the checkpoint
     */
    public static Set<UUID> list(Database then, String name) {
        Set<UUID> rows = new HashSet<>();
        ids(then, Query.of("SELECT id FROM list WHERE name = ?", name)).forEach(list -> rows.addAll(list(then, list)));
        if (rows.isEmpty()) {
            throw new ProblemException("list.unknown", name);
        }
        return rows;
    }

    /** Returns the ids of this list and of the items that it had. */
    static Set<UUID> list(Database then, UUID list) {
        Set<UUID> rows = new HashSet<>(ids(then, Query.of("SELECT id FROM item WHERE list_id = ?", list)));
        rows.add(list);
        return rows;
    }

    private static List<UUID> ids(Database then, Query<Row> query) {
        return then.list(query.map(row -> DerivedId.ofBytes(Objects.requireNonNull(row.blob("id")))));
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
