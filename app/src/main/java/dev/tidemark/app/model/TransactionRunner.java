package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowEdit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where commands write: straight into a database, or through an {@link UndoStack} that remembers. Thread-safe. */
public interface TransactionRunner {
    /**
     * Runs the work in one durable transaction.
     *
     * @param seen the state that the person had seen, {@code null} if it is the present one; see
     *     {@link Database#writeBasedOn}
     */
    <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work);

    /** Runs work that is not to be taken back. */
    default <T extends @Nullable Object> T writeWithoutUndo(Function<Transaction, T> work) {
        return write(null, work);
    }

    /**
     * Runs work that settles something although no value changes by it.
     *
     * @param work returns what taking it back is to take back, as if that had been written; nothing if there is nothing
     */
    default void resolveConflict(Function<Transaction, List<RowEdit>> work) {
        write(null, work);
    }

    /**
     * Says whether what is written next takes back what was typed before, in the field itself: then it is no step of its own, which a
     * later undo would take back by typing it again.
     */
    default void setFieldUndoing(boolean takesBack) {
        // What remembers nothing has no steps.
    }

    /** Has what is written next be taken back alone, however soon it follows. */
    default void endStep() {
        // What remembers nothing has no steps.
    }

    /** Straight into the database. */
    static TransactionRunner into(Database database) {
        return new TransactionRunner() {
            @Override
            public <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
                return seen == null ? database.write(work) : database.writeBasedOn(seen, work);
            }
        };
    }
}
