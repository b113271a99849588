package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.RowHistory.Version.WriteStatus;
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

/** Builds the history of a row from changelog and cell state. Works through one connection; not thread-safe. */
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

    /** @param floor the vector up to which changes have been truncated */
    RowHistory of(String table, UUID id, VersionVector floor) throws SQLException {
        SyncedTable synced = catalog.required(table);

        ChangelogQuery query = ChangelogQuery.ALL.row(table, id);
        List<Change> changes = new LogSearch(query).next(log, query.limit());
        TrackedRow row = store.load(synced.number(), id);
        WriteStatuses statuses = new WriteStatuses(row);
        List<RowHistory.Version> versions = new ArrayList<>();
        long erased = 0;
        for (Change change : changes) {
            if (change.kind() == Change.Kind.ERASED) {
                erased = Math.max(erased, change.hlcTime() + 1);
            } else {
                versions.add(version(change, statuses));
            }
        }
        for (Write write : row.state().writes()) {
            Dot dot = statuses.dot(write.replica(), write.sequence());
            if (changes.stream().noneMatch(change -> change.dot().equals(dot))) {
                versions.add(version(row, write, dot, statuses));
            }
        }
        versions.sort(Comparator.comparingLong(RowHistory.Version::hlcTime)
                .thenComparing(RowHistory.Version::dot)
                .reversed());
        return new RowHistory(table, id, versions, Math.max(erased, floor.isEmpty() ? 0 : knownFrom(floor)));
    }

    private RowHistory.Version version(Change change, WriteStatuses statuses) {
        Map<String, RowHistory.Version.Value> columns = new LinkedHashMap<>();
        change.values()
                .forEach((column, value) ->
                        columns.put(column, new RowHistory.Version.Value(value, statuses.of(change.dot(), column))));
        return version(change.dot(), change.hlcTime(), change.wallMillis(), change.kind(), columns, statuses, true);
    }

    /** Returns a version for a truncated change, with those of its values that still win a cell. */
    private RowHistory.Version version(TrackedRow row, Write write, Dot dot, WriteStatuses statuses) {
        Map<String, RowHistory.Version.Value> columns = new LinkedHashMap<>();
        for (int cell : row.state().valueCells().stream().toArray()) {
            String column = log.names().cellName(row.table(), cell);
            if (column != null && write.equals(row.state().winner(cell))) {
                columns.put(column, new RowHistory.Version.Value(row.values().get(cell), statuses.of(dot, column)));
            }
        }
        boolean inserts = write.equals(row.state().winner(RowState.EXISTS));
        Change.Kind kind = write.isDelete() ? Change.Kind.DELETE : inserts ? Change.Kind.INSERT : Change.Kind.UPDATE;
        return version(dot, write.hlcTime(), write.wallMillis(), kind, columns, statuses, false);
    }

    private RowHistory.Version version(
            Dot dot,
            long time,
            long wallMillis,
            Change.Kind kind,
            Map<String, RowHistory.Version.Value> columns,
            WriteStatuses statuses,
            boolean whole) {
        String name = replicaNames.getOrDefault(dot.replica(), "");
        WriteStatus status =
                statuses.of(dot, kind == Change.Kind.DELETE ? WriteStatuses.DELETE : WriteStatuses.EXISTENCE);
        for (RowHistory.Version.Value value : columns.values()) {
            if (value.status() == WriteStatus.CURRENT
                    || (value.status() == WriteStatus.LOSING && status == WriteStatus.SUPERSEDED)) {
                status = value.status();
            }
        }
        return new RowHistory.Version(dot, name, time, wallMillis, kind, columns, status, whole);
    }

    /**
     * Returns the clock value from which on the history is complete. Except for migrations, a replica's timestamps
     * rise, so its truncated changes precede its first remaining change. If a replica has no remaining change, returns
     * {@link Long#MAX_VALUE}.
     */
    private long knownFrom(VersionVector floor) throws SQLException {
        long from = 0;
        for (Map.Entry<ReplicaId, Long> end : floor.heads().entrySet()) {
            long above = log.reader().readFrom(log.names().replica(end.getKey()), end.getValue() + 1).stream()
                    .filter(change -> !change.isFromMigration())
                    .mapToLong(Change::hlcTime)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            from = Math.max(from, above);
        }
        return from;
    }

    /** The status of each write of a row. */
    private final class WriteStatuses {
        private static final String EXISTENCE = "";
        private static final String DELETE = "*";

        private record Cell(Dot dot, String name) {}

        private final Map<Cell, WriteStatus> known = new HashMap<>();

        WriteStatuses(TrackedRow row) {
            boolean live = row.isUndeleted();
            for (Write write : row.state().writes()) {
                Dot dot = dot(write.replica(), write.sequence());
                WriteStatus lost =
                        write.isSeen() || !row.hasEditDeleteConflict() ? WriteStatus.SUPERSEDED : WriteStatus.LOSING;
                if (write.isDelete()) {
                    known.put(new Cell(dot, DELETE), live ? lost : WriteStatus.CURRENT);
                    continue;
                }
                put(dot, EXISTENCE, write.equals(row.state().winner(RowState.EXISTS)), live, lost);
                for (int cell : row.state().valueCells().stream().toArray()) {
                    put(dot, name(row, cell), write.equals(row.state().winner(cell)), live, lost);
                }
            }
            for (Sibling sibling : row.siblings()) {
                String name = sibling.cell() == Sibling.DELETE ? DELETE : name(row, sibling.cell());
                known.put(new Cell(dot(sibling.replica(), sibling.sequence()), name), WriteStatus.LOSING);
            }
        }

        private void put(Dot dot, String cell, boolean holds, boolean live, WriteStatus lost) {
            if (holds) {
                known.put(new Cell(dot, cell), live ? WriteStatus.CURRENT : lost);
            }
        }

        private String name(TrackedRow row, int cell) {
            String name = cell == RowState.EXISTS ? EXISTENCE : log.names().cellName(row.table(), cell);
            return name == null ? EXISTENCE : name;
        }

        Dot dot(int replica, long sequence) {
            return new Dot(log.names().replicaId(replica), sequence);
        }

        WriteStatus of(Dot dot, String cell) {
            @Nullable WriteStatus status = known.get(new Cell(dot, cell));
            return status == null ? WriteStatus.SUPERSEDED : status;
        }
    }
}
