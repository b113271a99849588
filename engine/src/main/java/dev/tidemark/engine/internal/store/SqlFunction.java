package dev.tidemark.engine.internal.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A function that may fail as JDBC does. */
@FunctionalInterface
public interface SqlFunction<A, R extends @Nullable Object> {
    R apply(A argument) throws SQLException;
}
