package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.QueryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only statements through that read. A {@code DELETE … RETURNING} has rows, too, and {@code COMMIT} could be run
 * like a query: inside a write transaction either would go past the tracking. Not thread-safe.
 */
final class QueryGuard {
    private static final int MOST_REMEMBERED = 1_000;
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+([A-Za-z]+)");

    private final Connection connection;
    private final Set<String> passed = new HashSet<>();

    QueryGuard(Connection connection) {
        this.connection = connection;
    }

    /** @throws QueryException if the statement is no query */
    void check(String sql) throws SQLException {
        if (passed.contains(sql)) {
            return;
        }
        Matcher word = FIRST_WORD.matcher(sql);
        String first = word.lookingAt() ? word.group(1).toUpperCase(Locale.ROOT) : "";
        boolean reads = switch (first) {
            case "SELECT", "VALUES", "EXPLAIN" -> true;
            case "WITH" -> connection.isReadOnly() || !writes(sql);
            default -> false;
        };
        if (!reads) {
            throw new QueryException(
                    "Only SELECT, VALUES and WITH … SELECT have rows to be read here. Change data by execute. The"
                            + " statement was: " + SqlReader.excerpt(sql));
        }
        if (passed.size() >= MOST_REMEMBERED) {
            passed.clear();
        }
        passed.add(sql);
    }

    /** Whether the statement's program asks for a write transaction. */
    private boolean writes(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int index = 1; index <= statement.getParameterMetaData().getParameterCount(); index++) {
                statement.setObject(index, null);
            }
            try (ResultSet program = statement.executeQuery()) {
                while (program.next()) {
                    if (program.getString("opcode").equals("Transaction") && program.getInt("p2") != 0) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}
