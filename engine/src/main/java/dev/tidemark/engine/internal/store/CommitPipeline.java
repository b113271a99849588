package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finishes every transaction of this process after its commit: notifies the listeners, waits until the commit is
 * durable, and records its duration. Reports failures as events. Thread-safe; called outside of all locks.
 */
final class CommitPipeline {
    private final EngineWriter engineWriter;
    private final GroupCommit groupCommit;
    private final WalCheckpointer walCheckpointer;
    private final WarningReporter warnings;
    private final Consumer<Set<String>> onTablesChanged;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param onTablesChanged receives the names of the tables that a commit changed */
    CommitPipeline(
            EngineWriter engineWriter,
            GroupCommit groupCommit,
            WalCheckpointer walCheckpointer,
            WarningReporter warnings,
            Consumer<Set<String>> onTablesChanged) {
        this.engineWriter = engineWriter;
        this.groupCommit = groupCommit;
        this.walCheckpointer = walCheckpointer;
        this.warnings = warnings;
        this.onTablesChanged = onTablesChanged;
    }

    /**
     * Runs a transaction of the application. When this method returns, the transaction is as durable as the mode
     * requires.
     */
    <T extends @Nullable Object> T write(Supplier<LocalWriter.Committed<T>> transaction) {
        long begun = System.nanoTime();
        LocalWriter.Committed<T> committed = warnings.reportingFailures(transaction);
        if (!committed.tables().isEmpty()) {
            tablesChanged(committed.tables());
        }
        return warnings.reportingFailures(() -> {
            groupCommit.await(committed.ticket());
            acknowledged(begun);
            return committed.result();
        });
    }

    /**
     * Runs a transaction that applies changes or a snapshot. When this method returns, the transaction is as durable as
     * the mode requires.
     */
    EngineWriter.MergeResult merge(Supplier<EngineWriter.MergeResult> transaction) {
        return merge(transaction, merged -> {});
    }

    /** @param onMerged runs after the listeners and before the wait for the disk */
    EngineWriter.MergeResult merge(
            Supplier<EngineWriter.MergeResult> transaction, Consumer<EngineWriter.MergeResult> onMerged) {
        long begun = System.nanoTime();
        EngineWriter.MergeResult merged = warnings.reportingFailures(transaction);
        Changelog.AppendResult appended = merged.appended();
        if (appended.changes() > 0) {
            tablesChanged(merged.tables());
            warnings.reportClocksAfter(appended);
        }
        onMerged.accept(merged);
        return warnings.reportingFailures(() -> {
            groupCommit.awaitAll();
            acknowledged(begun);
            return merged;
        });
    }

    /**
     * Runs work on the engine's tables in a transaction. When this method returns, the transaction is durable in every
     * mode.
     */
    <T extends @Nullable Object> T update(SqlFunction<Statements, T> work) {
        return durably(() -> engineWriter.update(work));
    }

    /** Runs work on the engine's tables in a transaction. Does not wait for an fsync in any mode. */
    <T extends @Nullable Object> T updateWithoutFsync(SqlFunction<Statements, T> work) {
        return warnings.reportingFailures(() -> {
            T result = engineWriter.update(work);
            walCheckpointer.committed();
            return result;
        });
    }

    /** Runs a transaction. When this method returns, the transaction is durable in every durability mode. */
    <T extends @Nullable Object> T durably(Supplier<T> transaction) {
        return warnings.reportingFailures(() -> {
            long begun = System.nanoTime();
            T result = transaction.get();
            groupCommit.syncAll();
            acknowledged(begun);
            return result;
        });
    }

    /** Waits until every commit so far is durable, including those of other processes. */
    void fsync() {
        warnings.reportingFailures(() -> {
            groupCommit.syncAll();
            return true;
        });
    }

    private void acknowledged(long begunNanos) {
        groupCommit.statistics().acknowledged(begunNanos);
        walCheckpointer.committed();
    }

    /** Passes the names of changed tables to the consumer, and notifies the listeners. */
    void tablesChanged(Set<String> tables) {
        onTablesChanged.accept(tables);
        notifyListeners();
    }

    void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Calls the listener after each commit of this process that changes rows, and after each commit of another process.
     * Calls it on any thread, but outside of all locks.
     */
    AutoCloseable onCommit(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
