package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.ReplicaId;

/** Maps the names that changes repeat to small numbers. Numbers are at least 0 and never change. */
public interface Dictionary {
    /** Returns the number of a table, assigning one on first use. */
    int table(String name);

    /**
     * Returns the number of a column, assigning one on first use. Columns of different tables have different numbers.
     */
    int column(int table, String name);

    /** Returns the number of a replica, assigning one on first use. */
    int replica(ReplicaId id);

    /** @throws FormatException if the number is not assigned */
    String tableName(int table);

    /** @throws FormatException if the number is not assigned, or belongs to a column of another table */
    String columnName(int table, int column);

    /** @throws FormatException if the number is not assigned */
    ReplicaId replicaId(int replica);
}
