package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transactions of commands, either directly on a database, or through an {@link UndoStack} that records them.
 * Thread-safe.
 */
public interface TransactionRunner {
    /**
     * Runs the work in one durable transaction.
     *
     * @param seen the causal context; {@code null} for the present state. See {@link Database#writeBasedOn}
     */
    <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work);

    /** Returns the clock for the times that items store. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /** Runs work that the user cannot undo. */
    default <T extends @Nullable Object> T writeWithoutUndo(Function<Transaction, T> work) {
        return write(null, work);
    }

    /**
     * Runs work that resolves a conflict without changing a value.
     *
     * @param work returns the edits that an undo reverts, as if the work had written them. The list may be empty
     */
    default void resolveConflict(Function<Transaction, List<Transaction.RowEdit>> work) {
        write(null, work);
    }

    /**
     * Runs work whose undo reverts the returned edits instead of those that the transaction made.
     *
     * @param work returns the edits. If there are none, the user cannot undo the work
     */
    default void writeWithEdits(Function<Transaction, List<Transaction.RowEdit>> work) {
        write(null, work);
    }

    /**
     * Sets whether the following writes come from the undo of a text field. Such a write shortens earlier steps. If it
     * became a step of its own, the next undo would revert it.
     */
    default void setFieldUndoing(boolean isUndoing) {
        // This runner records no steps.
    }

    /** Ends the current undo step. The next write starts a new step, however soon it follows. */
    default void endStep() {
        // This runner records no steps.
    }

    static TransactionRunner of(Database database) {
        return of(database, InstantSource.system());
    }

    /** Writes directly to the database, with this clock. */
    static TransactionRunner of(Database database, InstantSource clock) {
        return new TransactionRunner() {
            @Override
            public InstantSource clock() {
                return clock;
            }

            @Override
            public <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
                return seen == null ? database.write(work::apply) : database.writeBasedOn(seen, work::apply);
            }
        };
    }
}
