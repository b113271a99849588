package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.ReplicaId;

/** Small numbers for the names that changes repeat. Numbers are at least 0 and mean the same for ever. */
public interface Dictionary {
    /** The number of a table, given out on first use. */
    int table(String name);

    /** The number of a column, given out on first use; distinct from those of other tables' columns. */
    int column(int table, String name);

    /** The number of a replica, given out on first use. */
    int replica(ReplicaId id);

    /** @throws FormatException if the number was never given out */
    String tableName(int table);

    /** @throws FormatException if the number was never given out, or for a column of another table */
    String columnName(int table, int column);

    /** @throws FormatException if the number was never given out */
    ReplicaId replicaId(int replica);
}
