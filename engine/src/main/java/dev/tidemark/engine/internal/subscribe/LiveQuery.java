package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.read.ResultRow;
import dev.tidemark.engine.internal.read.SqlReader;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One SELECT that is run once for all its subscribers. Run by the hub's thread only. */
final class LiveQuery {
    /** What makes two queries the same SELECT, whatever becomes of the rows. */
    record Key(String sql, List<@Nullable Object> parameters, Set<String> alsoReads) {
        static Key of(Query<?> query) {
            List<@Nullable Object> comparable = new ArrayList<>();
            for (Object parameter : query.parameters()) {
                comparable.add(parameter instanceof byte[] bytes ? ByteBuffer.wrap(bytes.clone()) : parameter);
            }
            return new Key(query.sql(), Collections.unmodifiableList(comparable), query.alsoReads());
        }
    }

    private final Key key;
    private final List<@Nullable Object> parameters;
    private final List<Subscriber<?>> subscribers = new CopyOnWriteArrayList<>();

    /** Unknown until the first run, and after one in which SQLite did not know them. */
    private @Nullable Set<String> tables;

    private Outcome.@Nullable Rows latest;
    private long nanos;

    LiveQuery(Key key, List<@Nullable Object> parameters) {
        this.key = key;
        this.parameters = parameters;
    }

    Key key() {
        return key;
    }

    List<Subscriber<?>> subscribers() {
        return subscribers;
    }

    /** How long its last run took. */
    long nanos() {
        return nanos;
    }

    /** Whether the result may have changed with these tables. */
    boolean reads(Set<String> changed) {
        Set<String> known = tables;
        return known == null || !Collections.disjoint(known, changed);
    }

    /** Runs the query in the reader's transaction. */
    Outcome read(SqlReader reader, TableFinder finder) {
        long start = System.nanoTime();
        try {
            tables = null;
            tables = finder.tablesOf(reader, key.sql(), parameters, key.alsoReads());
            List<ResultRow> rows = reader.internedRows(key.sql(), parameters);
            latest = Outcome.Rows.of(rows, reader.vector(), latest);
            return latest;
        } catch (SQLException refused) {
            return new Outcome.Failed(SqlReader.refused(key.sql(), refused));
        } catch (RuntimeException | Error failure) {
            return new Outcome.Failed(failure);
        } finally {
            nanos = System.nanoTime() - start;
        }
    }

    /**
     * Hands the outcome to those who subscribed before the round: to others, whose own commits it may lack, it would be
     * older than what they know.
     */
    void deliver(Outcome outcome, long round) {
        for (Subscriber<?> subscriber : subscribers) {
            if (subscriber.since() < round) {
                subscriber.offer(outcome);
            }
        }
    }
}
