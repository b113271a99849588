package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.capture.ExternalEdits;
import dev.tidemark.engine.internal.capture.ExternalEdits.EditCounts;
import dev.tidemark.engine.internal.capture.ExternalEdits.Expected;
import dev.tidemark.engine.internal.capture.TouchedRows;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.merge.Projection;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Restores rows that differ from their changes to the values of their changes (decision 82). Records no change, so
 * other devices receive nothing. One instance serves one transaction. Not thread-safe.
 */
final class RestoredRows {
    /**
     * The result of a restore.
     *
     * @param counts the repaired differences
     * @param tables the names of the tables that were written
     */
    record Outcome(EditCounts counts, Set<String> tables) {}

    private final CellStore store;
    private final Statements statements;

    RestoredRows(CellStore store) {
        this.store = store;
        this.statements = store.statements();
    }

    Outcome restore() throws SQLException {
        ExternalEdits edits = new ExternalEdits(store, new LogReader(statements, store.names()), new TouchedRows());
        edits.find();
        List<TrackedRow> rows = new ArrayList<>();
        Set<String> tables = new HashSet<>();
        long inserted = 0;
        long deleted = 0;
        for (Expected expected : edits.expected()) {
            tables.add(expected.table().name());
            UUID id = expected.id();
            Map<Integer, @Nullable Object> values = expected.values();
            String where = " FROM main." + expected.table().quoted() + " WHERE id = ?";
            if (id == null || values == null) {
                statements.update("DELETE" + where, expected.storedId());
                inserted++;
            } else {
                deleted += statements.exists("SELECT 1" + where, expected.storedId()) ? 0 : 1;
                TrackedRow row = store.load(expected.table().number(), id);
                row.setValues(values);
                rows.add(row);
            }
        }
        new Projection(store).show(rows);
        return new Outcome(new EditCounts(inserted, rows.size() - deleted, deleted), tables);
    }
}
