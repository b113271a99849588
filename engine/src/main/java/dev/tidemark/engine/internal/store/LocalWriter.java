package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.capture.CaptureTriggers;
import dev.tidemark.engine.internal.capture.ExternalEdits;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.capture.TouchedRows;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LongTextSquash;
import dev.tidemark.engine.internal.merge.Projection;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions of the application. Triggers record the rows that a transaction writes in synced tables, and the
 * commit turns these rows into changes.
 */
final class LocalWriter {
    /** A transaction that is committed, though perhaps not durable yet. */
    record Committed<T extends @Nullable Object>(T result, Set<String> tables, long ticket) {}

    private final WriteSession session;
    private final WriterLock lock;
    private final GroupCommit groupCommit;
    private final DatabaseOptions options;
    private final int schemaVersion;
    private final LocalCommit capture;
    private final LongTextSquash longText;
    private final Acknowledgements acknowledgements;
    private final TouchedRows touched = new TouchedRows();
    private final TableShapes shapes;
    private final StatementEffects effects;
    private final ReplicaStateCache held;
    private @Nullable ReplicaId identity;

    LocalWriter(
            WriteSession session,
            Catalog catalog,
            WriterLock lock,
            GroupCommit groupCommit,
            DatabaseOptions options,
            int schemaVersion)
            throws SQLException {
        this.session = session;
        this.lock = lock;
        this.groupCommit = groupCommit;
        this.options = options;
        this.schemaVersion = schemaVersion;
        for (SyncedTable table : catalog.tables()) {
            CaptureTriggers.install(session.connection().connection(), table, touched);
        }
        this.capture = new LocalCommit(session.cells(), session.merge(), touched);
        this.acknowledgements = new Acknowledgements(session.statements(), session.names());
        this.longText = new LongTextSquash(session.statements(), session.log());
        this.shapes = new TableShapes(session.statements());
        this.effects = new StatementEffects(session.statements());
        this.held = new ReplicaStateCache(session);
    }

    /** Returns the effects of statements, including those of their triggers. */
    StatementEffects effects() {
        return effects;
    }

    <T extends @Nullable Object> Committed<T> write(@Nullable VersionVector seen, Function<Transaction, T> work) {
        lock.acquire();
        try {
            groupCommit.requireNoFailedFsync();
            session.connection().begin();
            SqlTransaction transaction = new SqlTransaction(
                    session.connection(), session.reader(), session.cells(), capture, shapes, effects);
            try {
                ReplicaState state = held.read();
                state.requireSchema(schemaVersion);
                if (!state.replica().equals(identity)) {
                    longText.clear();
                    identity = state.replica();
                }
                T result = work.apply(transaction);
                transaction.end();
                Set<String> tables = new HashSet<>(transaction.written());
                tables.addAll(track(state, seen));
                session.connection().commit();
                return new Committed<>(result, tables, groupCommit.committed());
            } catch (Throwable e) {
                // Lambdas in Kotlin, or with Lombok, can throw checked exceptions. The transaction must end after
                // these, too.
                groupCommit.statistics().rolledBack();
                transaction.invalidate();
                capture.clear();
                held.invalidate();
                longText.clear();
                session.rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
        } finally {
            lock.release();
        }
    }

    /** Records, as changes, the edits that other programs made to synced tables without triggers. */
    Committed<ExternalEdits.EditCounts> captureExternalEdits() {
        return write(null, transaction -> {
            try {
                return new ExternalEdits(session.cells(), new LogReader(session.statements(), session.names()), touched)
                        .detect();
            } catch (SQLException e) {
                throw SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
            }
        });
    }

    /** Turns the recorded edits into changes, and returns the names of the tables that changed. */
    private Set<String> track(ReplicaState state, @Nullable VersionVector seen) throws SQLException {
        LocalCommit.Outcome outcome = capture.collect(new LocalCommit.Author(
                state.replica(),
                state.replicaNumber(),
                state.head(),
                state.clock(),
                options.clock().millis(),
                seen == null
                        ? held.vector()
                        : held.translateSeen(seen).common(held.vector()).merge(acknowledgements.acknowledged(state))));
        List<Change> changes = outcome.changes();
        if (changes.isEmpty()) {
            return Set.of();
        }
        longText.append(changes, state.replicaNumber(), held.vector(), state.exportedUpTo());
        held.advance(state, state.head() + changes.size(), outcome.clock());
        Set<String> tables = new HashSet<>();
        changes.forEach(change -> tables.add(change.table()));
        if (held.anyHidden()) {
            tables.addAll(showDependents(changes));
            held.invalidate();
        }
        return tables;
    }

    /** Shows or hides the rows that depend on written rows, such as hidden rows that waited for a parent. */
    private Set<String> showDependents(List<Change> changes) throws SQLException {
        Statements statements = session.statements();
        statements.update("PRAGMA defer_foreign_keys = ON");
        // CHECK constraints apply to local writes only. Like a merge, showing rows must not refuse a row of another
        // replica.
        statements.update("PRAGMA ignore_check_constraints = ON");
        try {
            List<TrackedRow> settled = new ArrayList<>();
            for (Change change : changes) {
                settled.add(session.cells().load(session.names().table(change.table()), change.row()));
            }
            Set<Integer> shown = new Projection(session.cells()).showDependents(settled);
            capture.clear();
            return session.tableNames(shown);
        } finally {
            statements.update("PRAGMA ignore_check_constraints = OFF");
        }
    }
}
