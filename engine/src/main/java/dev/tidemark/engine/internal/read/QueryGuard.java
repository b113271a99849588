package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.QueryException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only statements through that have rows by their nature; {@code COMMIT} or {@code PRAGMA} could be run like a query
 * and would change the connection under its owner's feet. Whether it may write is for the connection to say: one of the
 * pool refuses it, in a write transaction {@code DELETE … RETURNING} is tracked like any other.
 */
final class QueryGuard {
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+([A-Za-z]+)");
    private static final Set<String> ALLOWED =
            Set.of("SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "EXPLAIN");

    private QueryGuard() {}

    /** @throws QueryException if the statement is no query */
    static void check(String sql) {
        Matcher word = FIRST_WORD.matcher(sql);
        if (!word.lookingAt() || !ALLOWED.contains(word.group(1).toUpperCase(Locale.ROOT))) {
            throw new QueryException(Problem.QUERY_NO_ROWS, SqlReader.excerpt(sql));
        }
    }
}
