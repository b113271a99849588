package dev.tidemark.engine.internal.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A function that throws the exceptions of JDBC. */
@FunctionalInterface
public interface SqlFunction<A, R extends @Nullable Object> {
    R apply(A argument) throws SQLException;
}
