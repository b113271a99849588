package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sql.SqlFunction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Stores the mass deletes of syncs, publishes them as events, and removes undone ones. Thread-safe. */
record MassDeleteRecorder(SqlAccess database, Catalog catalog, EventDispatcher events) {
    @FunctionalInterface
    private interface MassDeletesChange {
        void apply(MassDeletes deletes) throws SQLException;
    }

    private <T> T query(SqlFunction<MassDeletes, T> question) {
        return database.query(statements -> question.apply(new MassDeletes(statements, catalog)));
    }

    private void update(MassDeletesChange change) {
        database.update(statements -> {
            change.apply(new MassDeletes(statements, catalog));
            return true;
        });
    }

    long rowCount() {
        return query(MassDeletes::rows);
    }

    /** Records the changes between two version vectors as a mass delete, if they are one. */
    void record(VersionVector before, VersionVector after, long rows, Instant now) {
        if (rows >= MassDeletes.MIN_ROWS) {
            query(deletes -> deletes.since(before, after, rows, now)).ifPresent(found -> {
                update(deletes -> deletes.add(found));
                events.publish(new DatabaseEvent.MassDeleted(found));
            });
        }
        if (query(deletes -> deletes.hasUnlistedRows(now))) {
            update(MassDeletes::clearRemoved);
        }
    }

    List<MassDelete> all() {
        return query(MassDeletes::all);
    }

    List<MassDeletes.DeletedRow> deletedRows(MassDelete deletion) {
        return query(deletes -> deletes.deletedRows(deletion.replica(), deletion.first(), deletion.last()));
    }

    void remove(MassDelete deletion, List<MassDeletes.DeletedRow> settled) {
        update(deletes -> deletes.remove(deletion, settled));
    }
}
