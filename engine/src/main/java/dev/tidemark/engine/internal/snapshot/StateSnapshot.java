package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.LogChains;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot of a database in a read transaction. Closing the snapshot closes the connection. Not thread-safe.
 */
public final class StateSnapshot implements Snapshot {
    /**
     * The maximal size of a part's rows, in bytes before compression. Parts stay below about 8 MiB, unless one row is
     * larger.
     */
    private static final long MAX_BYTES = 7L << 20;

    private final Connection connection;
    private final Statements statements;
    private final String name;
    private final VersionVector vector;
    private final Map<ReplicaId, ChainHash> chains;
    private final long clock;
    private final StateReader rows;
    private @Nullable SnapshotRow waiting;

    /**
     * @param connection a connection in a read transaction; the snapshot closes it
     * @param name a name that no snapshot had before
     */
    public StateSnapshot(Connection connection, Catalog catalog, String name, VersionVector vector, long clock)
            throws SQLException {
        this.connection = connection;
        this.statements = new Statements(connection);
        this.name = name;
        this.vector = vector;
        this.clock = clock;
        NameDictionary names = new NameDictionary(connection);
        this.chains = new LogChains(statements, names).at(vector);
        this.rows = new StateReader(statements, names, catalog);
        this.waiting = rows.next();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public VersionVector vector() {
        return vector;
    }

    @Override
    public Map<ReplicaId, ChainHash> chains() {
        return chains;
    }

    @Override
    public long clock() {
        return clock;
    }

    @Override
    public Snapshot.@Nullable Part next() {
        if (waiting == null) {
            return null;
        }
        try {
            PartWriter writer = new PartWriter();
            for (SnapshotRow row = waiting; row != null; row = rows.next()) {
                if (writer.bytes() > 0 && writer.bytes() + row.size() > MAX_BYTES) {
                    waiting = row;
                    return writer.toPart();
                }
                writer.add(row);
            }
            waiting = null;
            return writer.toPart();
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }

    @Override
    public void skip(int parts) {
        int left = parts;
        while (left > 0 && next() != null) {
            left--;
        }
    }

    @Override
    public void close() {
        try (connection;
                statements) {
            rows.close();
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_CLOSED, e);
        }
    }
}
