package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes warnings for the user as events. Thread-safe; called outside of all locks. */
record WarningReporter(EventDispatcher events, ReadPool pool, DatabaseOptions options, int schemaVersion) {
    /** Runs work. A failure that affects more than the caller is also published as an event. */
    <T extends @Nullable Object> T reportingFailures(Supplier<T> work) {
        try {
            return work.get();
        } catch (Durability.UnknownException e) {
            reportDurabilityUnknown(e);
            throw e;
        } catch (TransactionException e) {
            if (e.problem() == Problem.TRANSACTION_SCHEMA_NEWER) {
                reportNewerSchema();
            }
            throw e;
        }
    }

    void reportDurabilityUnknown(Durability.UnknownException failure) {
        events.publishOnce(new DatabaseEvent.DurabilityUnknown(failure));
    }

    void reportNewerSchema() {
        int found = pool.query(statements -> ReplicaState.read(statements).schema());
        if (found > schemaVersion) {
            events.publishOnce(new DatabaseEvent.SchemaNewer(schemaVersion, found));
        }
    }

    /** Updates the events about clocks that are ahead, if a merge may have changed them. */
    void reportClocksAfter(Changelog.AppendResult appended) {
        if (!appended.aheadOfClock().isEmpty() || events.hasClockEvents()) {
            reportClocks();
        }
    }

    void reportClocks() {
        events.updateClocks(pool.query(statements -> new ClocksAhead(statements, options).ahead()));
    }
}
