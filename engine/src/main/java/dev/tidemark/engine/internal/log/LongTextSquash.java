package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends this replica's own changes. When a long text is saved repeatedly, retains only the last version: an earlier
 * change keeps its sequence number but loses its values (decision 13).
 *
 * <p>It empties an earlier change under four conditions: the next change updates exactly the same columns; the row had
 * no other write in between; this replica applied no changes of other replicas in between; and no other replica can
 * have the change (docs/correctness.md#r6: one content per dot). It remembers the necessary facts only in memory, and
 * only about changes with long values. After a restart, or a commit of another process, one more version remains. Not
 * thread-safe.
 */
public final class LongTextSquash {
    /** In characters or bytes. Emptying shorter values would save only a few bytes after compression. */
    private static final int MIN_LENGTH = 256;

    /** A transaction with more changes is not a save of a form. */
    private static final int MAX_CHANGES = 8;

    private static final int ROWS_REMEMBERED = 64;

    private record RowKey(String table, UUID id) {}

    /**
     * A change with long values in a block of its own.
     *
     * @param emptied the change without its values
     * @param held the changes of others that this replica had applied when it made the change
     */
    private record Saved(Change emptied, Set<String> columns, VersionVector held) {}

    private final Statements statements;
    private final LogTable log;
    private final Map<RowKey, Saved> saved = new LinkedHashMap<>();
    private @Nullable ReplicaId writer;
    private long head;

    public LongTextSquash(Statements statements, LogTable log) {
        this.statements = statements;
        this.log = log;
    }

    /**
     * Appends the changes of one transaction.
     *
     * @param held the version vector before the transaction
     * @param exportedUpTo the last sequence number that may have been exported
     */
    public void append(List<Change> changes, int replica, VersionVector held, long exportedUpTo) throws SQLException {
        Dot first = changes.getFirst().dot();
        if (!first.replica().equals(writer) || first.sequence() != head + 1) {
            saved.clear();
        }
        writer = first.replica();
        head = changes.getLast().dot().sequence();
        int appended = 0;
        for (int index = 0; index < changes.size(); index++) {
            Change change = changes.get(index);
            boolean remembers = changes.size() <= MAX_CHANGES && isLong(change);
            if (!remembers && saved.isEmpty()) {
                continue;
            }
            Saved before = saved.remove(new RowKey(change.table(), change.row()));
            if (remembers) {
                VersionVector others = held.with(first.replica(), 0);
                if (before != null
                        && before.emptied().dot().sequence() > exportedUpTo
                        && canSquash(before, change, others)) {
                    clearValues(before.emptied(), replica);
                }
                append(changes.subList(appended, index));
                log.append(List.of(change));
                appended = index + 1;
                remember(change, others);
            }
        }
        append(changes.subList(appended, changes.size()));
    }

    /** Drops the remembered changes. Required after a rollback. */
    public void clear() {
        saved.clear();
    }

    private static boolean isLong(Change change) {
        if (change.kind() != Change.Kind.UPDATE || !change.context().unseen().isEmpty()) {
            return false;
        }
        long length = 0;
        for (Object value : change.values().values()) {
            length += switch (value) {
                case String text -> text.length();
                case byte[] bytes -> bytes.length;
                case null, default -> 0;
            };
        }
        return length >= MIN_LENGTH;
    }

    private static boolean canSquash(Saved before, Change change, VersionVector others) {
        CausalContext context = before.emptied().context();
        return before.columns().equals(change.values().keySet())
                && context.equals(change.context())
                && before.held().equals(others);
    }

    private void clearValues(Change emptied, int replica) throws SQLException {
        long sequence = emptied.dot().sequence();
        // The change is emptied only if it still has a block of its own; compaction may have joined it with others.
        int found = statements.update(
                "DELETE FROM tm_log WHERE id = ? AND last = ?", BlockId.of(replica, sequence), sequence);
        if (found > 0) {
            log.rewrite(List.of(emptied));
            log.refresh(replica, sequence, sequence);
        }
    }

    private void append(List<Change> run) throws SQLException {
        if (!run.isEmpty()) {
            log.append(run);
        }
    }

    private void remember(Change change, VersionVector others) {
        Change emptied = new Change(
                change.dot(),
                change.transaction(),
                change.hlcTime(),
                change.wallMillis(),
                change.context(),
                change.kind(),
                change.table(),
                change.row(),
                Map.of());
        saved.put(
                new RowKey(change.table(), change.row()),
                new Saved(emptied, change.values().keySet(), others));
        if (saved.size() > ROWS_REMEMBERED) {
            saved.remove(saved.keySet().iterator().next());
        }
    }
}
