package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the blobs that a database's rows refer to in the columns that the schema declares for blobs. Immutable. */
public final class BlobReferences {
    private final Map<String, Set<String>> columns;

    private BlobReferences(Map<String, Set<String>> columns) {
        this.columns = columns;
    }

    /** @throws Database.OpenException if a declared column is not a column of a synced table */
    public static BlobReferences of(Schema schema, Catalog catalog) {
        schema.blobs().forEach((name, declared) -> {
            SyncedTable table = catalog.named(name);
            Set<String> known = table == null
                    ? Set.of()
                    : table.columns().stream().map(SyncedTable.Column::name).collect(Collectors.toSet());
            for (String column : declared) {
                if (!known.contains(column)) {
                    throw new Database.OpenException(Problem.SCHEMA_BLOB_COLUMN, name, column);
                }
            }
        });
        return new BlobReferences(schema.blobs());
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    public Set<BlobId> in(Collection<Change> changes) {
        Set<BlobId> found = new TreeSet<>();
        for (Change change : changes) {
            for (String column : columns.getOrDefault(change.table(), Set.of())) {
                add(found, change.values().get(column));
            }
        }
        return found;
    }

    /**
     * Returns the blobs that rows and siblings refer to. Hidden rows, and rows that wait for a newer version of the
     * program, count.
     *
     * @param withDeleted whether to include deleted rows with a tombstone
     */
    public Set<BlobId> in(Statements statements, boolean withDeleted) throws SQLException {
        Set<BlobId> found = new HashSet<>();
        if (columns.isEmpty()) {
            return found;
        }
        NameDictionary names = new NameDictionary(statements.connection());
        for (Map.Entry<String, Set<String>> table : columns.entrySet()) {
            for (String column : table.getValue()) {
                String sql = "SELECT DISTINCT " + SqlText.quote(column) + " FROM main." + SqlText.quote(table.getKey());
                statements.list(sql, row -> row.getObject(1)).forEach(value -> add(found, value));
            }
            Integer number = names.knownTable(table.getKey());
            if (number != null) {
                addFromRetainedValues(statements, number, withDeleted, found);
            }
        }
        return found;
    }

    /**
     * Adds every value that has the form of a blob id, whatever its column. A false reference only retains a blob,
     * while a missed reference would delete one.
     */
    private static void addFromRetainedValues(Statements statements, int table, boolean withDeleted, Set<BlobId> found)
            throws SQLException {
        String retained = "SELECT k.cells FROM tm_retained k WHERE k.table_no = ?";
        String which = withDeleted
                ? retained
                : retained + " AND NOT EXISTS (SELECT 1 FROM tm_row r WHERE r.table_no = k.table_no AND r.id = k.id"
                        + " AND r.status IN (2, 34))";
        statements
                .list(which, row -> row.getBytes(1), table)
                .forEach(packed -> CellStore.unpackCells(packed).values().forEach(value -> add(found, value)));
        statements
                .list(
                        "SELECT value FROM tm_sibling WHERE table_no = ? AND value IS NOT NULL",
                        row -> row.getBytes(1),
                        table)
                .forEach(packed -> add(found, CellStore.unpackValue(packed)));
    }

    private static void add(Set<BlobId> found, @Nullable Object value) {
        if (value instanceof byte[] bytes && BlobId.isBlobId(bytes)) {
            found.add(BlobId.of(bytes));
        }
    }
}
