package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.GapCheck;
import dev.tidemark.engine.internal.schema.NameDictionary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Merges other replicas' changes into cell state and updates the application's tables, inside the caller's transaction.
 * One instance merges one batch. Not thread-safe.
 */
public final class Merger {
    /** Appends consecutive changes of one replica to the changelog. */
    @FunctionalInterface
    public interface Log {
        /** Starts to append the changes. The returned action finishes the append, and may run more than once. */
        CellMerge.SqlAction begin(List<Change> run) throws SQLException;
    }

    public record Outcome(
            List<Change> changes, Map<ReplicaId, Long> heads, int conflicts, long latest, Set<Integer> tables) {}

    private final CellStore store;
    private final CellMerge merge;
    private final Log log;
    private final NameDictionary names;
    private final Map<RowKey, TrackedRow> rows = new LinkedHashMap<>();
    private final List<CellMerge.SqlAction> unfinished = new ArrayList<>();
    private final Map<Integer, Map<UUID, TrackedRow>> loaded = new HashMap<>();

    public Merger(CellStore store, CellMerge merge, Log log) {
        this.store = store;
        // A lookup of a context reads the changelog, so all blocks must be appended by then.
        this.merge = merge.runningBeforeLookup(this::finishLog);
        this.log = log;
        this.names = store.names();
    }

    /**
     * Merges the batch.
     *
     * @throws Changelog.GapException if a predecessor of a change, or a change in its causal context, is missing
     */
    public Outcome merge(Batch batch, VersionVector held) throws SQLException {
        Map<ReplicaId, Long> heads = new HashMap<>(held.heads());
        List<Change> unseen = GapCheck.newChanges(batch, heads);
        Map<ReplicaId, List<Change>> runs = new LinkedHashMap<>();
        unseen.forEach(change -> runs.computeIfAbsent(change.dot().replica(), replica -> new ArrayList<>())
                .add(change));
        for (List<Change> run : runs.values()) {
            unfinished.add(log.begin(run));
        }
        load(unseen);
        int conflicts = 0;
        long latest = 0;
        for (Change change : unseen) {
            conflicts += apply(change);
            latest = Math.max(latest, change.hlcTime());
        }
        finishLog();
        Set<Integer> tables = rows.isEmpty() ? Set.of() : new Projection(store).show(rows.values());
        Map<ReplicaId, Long> moved = new HashMap<>();
        runs.keySet().forEach(replica -> moved.put(replica, heads.get(replica)));
        return new Outcome(unseen, moved, conflicts, latest, tables);
    }

    private void finishLog() throws SQLException {
        for (CellMerge.SqlAction log : unfinished) {
            log.run();
        }
        unfinished.clear();
    }

    private int apply(Change change) throws SQLException {
        if (change.kind() == Change.Kind.SCHEMA) {
            return 0;
        }
        int table = names.table(change.table());
        if (change.kind() == Change.Kind.ERASED) {
            store.addSuperseded(
                    table,
                    change.row(),
                    names.replica(change.dot().replica()),
                    change.dot().sequence());
            return 0;
        }
        TrackedRow row = row(new RowKey(table, change.row()));
        BitSet cells = new BitSet();
        Map<Integer, @Nullable Object> values =
                HashMap.newHashMap(change.values().size());
        if (change.kind() == Change.Kind.INSERT) {
            cells.set(RowState.EXISTS);
        }
        change.values().forEach((column, value) -> {
            int cell = names.columnOf(table, column).cell();
            cells.set(cell);
            values.put(cell, value);
        });
        Write write = new Write(
                names.replica(change.dot().replica()),
                change.dot().sequence(),
                change.hlcTime(),
                change.timestamp().millis() - change.wallMillis(),
                change.kind() == Change.Kind.DELETE,
                cells);
        return merge.apply(
                row, write, values, (replica, sequence) -> change.hasSeen(new Dot(names.replicaId(replica), sequence)));
    }

    private void load(List<Change> changes) throws SQLException {
        Map<Integer, Set<UUID>> ids = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.kind() != Change.Kind.SCHEMA && change.kind() != Change.Kind.ERASED) {
                ids.computeIfAbsent(names.table(change.table()), table -> new LinkedHashSet<>())
                        .add(change.row());
            }
        }
        for (Map.Entry<Integer, Set<UUID>> table : ids.entrySet()) {
            List<byte[]> keys =
                    table.getValue().stream().map(ChangeCodec::bytesOf).toList();
            loaded.put(table.getKey(), store.loadAll(table.getKey(), keys));
        }
    }

    private TrackedRow row(RowKey key) {
        return rows.computeIfAbsent(
                key,
                none -> java.util.Objects.requireNonNull(java.util.Objects.requireNonNull(loaded.get(key.table()))
                        .get(key.id())));
    }
}
