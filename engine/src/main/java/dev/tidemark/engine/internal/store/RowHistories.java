package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.RowVersion;
import dev.tidemark.engine.history.RowVersion.Standing;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.log.LogAccess;
import dev.tidemark.engine.internal.log.LogSearch;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts together what the changelog and the cell state know of a row. Works through one connection; not thread-safe. */
final class RowHistories {
    private final LogAccess log;
    private final Catalog catalog;
    private final CellStore store;
    private final Map<ReplicaId, String> replicaNames;

    RowHistories(LogAccess log, Catalog catalog, Map<ReplicaId, String> replicaNames) {
        this.log = log;
        this.catalog = catalog;
        this.store = new CellStore(log.statements(), log.names(), catalog);
        this.replicaNames = replicaNames;
    }

    /** @param floor up to where changes have been compacted away */
    RowHistory of(String table, UUID id, VersionVector floor) throws SQLException {
        SyncedTable synced = catalog.named(table);
        if (synced == null) {
            throw new TransactionException(Problem.TRANSACTION_TABLE_NOT_SYNCED, table);
        }
        ChangelogQuery query = ChangelogQuery.ALL.row(table, id);
        List<Change> changes = new LogSearch(query).next(log, query.limit());
        TrackedRow row = store.load(synced.number(), id);
        Fates fates = new Fates(row);
        List<RowVersion> versions = new ArrayList<>();
        for (Change change : changes) {
            versions.add(version(change, fates));
        }
        for (Write write : row.state().writes()) {
            Dot dot = fates.dot(write.replica(), write.sequence());
            if (changes.stream().noneMatch(change -> change.dot().equals(dot))) {
                versions.add(version(row, write, dot, fates));
            }
        }
        versions.sort(Comparator.comparingLong(RowVersion::time)
                .thenComparing(RowVersion::dot)
                .reversed());
        return new RowHistory(table, id, versions, floor.isEmpty() ? 0 : knownFrom(floor));
    }

    private RowVersion version(Change change, Fates fates) {
        Map<String, RowVersion.Value> columns = new LinkedHashMap<>();
        change.values()
                .forEach((column, value) ->
                        columns.put(column, new RowVersion.Value(value, fates.of(change.dot(), column))));
        return version(change.dot(), change.time(), change.wallMillis(), change.kind(), columns, fates, true);
    }

    /** A change that is not listed any more, as far as cells hold it. */
    private RowVersion version(TrackedRow row, Write write, Dot dot, Fates fates) {
        Map<String, RowVersion.Value> columns = new LinkedHashMap<>();
        for (int cell : row.state().valueCells().stream().toArray()) {
            String column = log.names().cellName(row.table(), cell);
            if (column != null && write.equals(row.state().winner(cell))) {
                columns.put(column, new RowVersion.Value(row.values().get(cell), fates.of(dot, column)));
            }
        }
        boolean inserts = write.equals(row.state().winner(RowState.EXISTS));
        Change.Kind kind = write.isDelete() ? Change.Kind.DELETE : inserts ? Change.Kind.INSERT : Change.Kind.UPDATE;
        return version(dot, write.time(), write.wallMillis(), kind, columns, fates, false);
    }

    private RowVersion version(
            Dot dot,
            long time,
            long wallMillis,
            Change.Kind kind,
            Map<String, RowVersion.Value> columns,
            Fates fates,
            boolean whole) {
        String name = replicaNames.getOrDefault(dot.replica(), "");
        Standing standing = fates.of(dot, kind == Change.Kind.DELETE ? Fates.DELETE : Fates.EXISTENCE);
        for (RowVersion.Value value : columns.values()) {
            if (value.standing() == Standing.CURRENT
                    || (value.standing() == Standing.LOSING && standing == Standing.SUPERSEDED)) {
                standing = value.standing();
            }
        }
        return new RowVersion(dot, name, time, wallMillis, kind, columns, standing, whole);
    }

    /**
     * The clock value from which on nothing is missing: a replica's stamps rise, but for those of migrations, so what it made
     * up to the floor lies below the first that is left. If none is left, nothing is known.
     */
    private long knownFrom(VersionVector floor) throws SQLException {
        long from = 0;
        for (Map.Entry<ReplicaId, Long> end : floor.heads().entrySet()) {
            long above = log.reader().readFrom(log.names().replica(end.getKey()), end.getValue() + 1).stream()
                    .filter(change -> !change.isOfMigration())
                    .mapToLong(Change::time)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            from = Math.max(from, above);
        }
        return from;
    }

    /** What became of each write of a row. */
    private final class Fates {
        private static final String EXISTENCE = "";
        private static final String DELETE = "*";

        private record Cell(Dot dot, String name) {}

        private final Map<Cell, Standing> known = new HashMap<>();

        Fates(TrackedRow row) {
            boolean live = row.isUndeleted();
            for (Write write : row.state().writes()) {
                Dot dot = dot(write.replica(), write.sequence());
                Standing lost = write.isSeen() || !row.isContested() ? Standing.SUPERSEDED : Standing.LOSING;
                if (write.isDelete()) {
                    known.put(new Cell(dot, DELETE), live ? lost : Standing.CURRENT);
                    continue;
                }
                put(dot, EXISTENCE, write.equals(row.state().winner(RowState.EXISTS)), live, lost);
                for (int cell : row.state().valueCells().stream().toArray()) {
                    put(dot, name(row, cell), write.equals(row.state().winner(cell)), live, lost);
                }
            }
            for (Sibling sibling : row.siblings()) {
                String name = sibling.cell() == Sibling.DELETE ? DELETE : name(row, sibling.cell());
                known.put(new Cell(dot(sibling.replica(), sibling.sequence()), name), Standing.LOSING);
            }
        }

        private void put(Dot dot, String cell, boolean holds, boolean live, Standing lost) {
            if (holds) {
                known.put(new Cell(dot, cell), live ? Standing.CURRENT : lost);
            }
        }

        private String name(TrackedRow row, int cell) {
            String name = cell == RowState.EXISTS ? EXISTENCE : log.names().cellName(row.table(), cell);
            return name == null ? EXISTENCE : name;
        }

        Dot dot(int replica, long sequence) {
            return new Dot(log.names().replicaId(replica), sequence);
        }

        Standing of(Dot dot, String cell) {
            @Nullable Standing standing = known.get(new Cell(dot, cell));
            return standing == null ? Standing.SUPERSEDED : standing;
        }
    }
}
