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

/** A SELECT that runs once for all its subscribers. Only the hub's thread runs it. */
final class LiveQuery {
    /** Identifies equal SELECTs, regardless of how subscribers map the rows. */
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

    /**
     * The tables that the query reads; {@code null} before the first run, and if the last run could not determine them.
     */
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

    long nanos() {
        return nanos;
    }

    boolean reads(Set<String> changed) {
        Set<String> known = tables;
        return known == null || !Collections.disjoint(known, changed);
    }

    /** Runs the query in the reader's transaction. */
    Outcome read(SqlReader reader, TableFinder finder) {
        long start = System.nanoTime();
        try {
            tables = null;
            tables = finder.tablesOf(reader, key.sql(), key.alsoReads());
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
     * Delivers the outcome to the subscribers that subscribed before this round. A later subscriber may have made a
     * commit that the outcome lacks.
     */
    void deliver(Outcome outcome, long round) {
        for (Subscriber<?> subscriber : subscribers) {
            if (subscriber.since() < round) {
                subscriber.offer(outcome);
            }
        }
    }
}
