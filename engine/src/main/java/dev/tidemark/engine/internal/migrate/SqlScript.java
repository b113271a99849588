package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits SQL into statements. Like {@code sqlite3_complete()}, it recognises only quotes, comments, and the end of a
 * trigger, {@code ; END ;}.
 */
final class SqlScript {
    private static final Pattern TOKEN =
            Pattern.compile("(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\\[[^]]*]|--[^\\n"
                    + "]*|/\\*.*?(?:\\*/|$)|[A-Za-z_]\\w*|;|\\s+|.");
    private static final Set<String> OF_TRANSACTIONS =
            Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");

    private static final Set<String> OF_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT");

    private final List<String> statements = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private final List<String> words = new ArrayList<>();
    private String last = "";
    private String beforeLast = "";

    private SqlScript() {}

    static List<String> statements(String sql) {
        SqlScript script = new SqlScript();
        Matcher tokens = TOKEN.matcher(sql);
        while (tokens.find()) {
            script.add(tokens.group());
        }
        script.finish();
        return script.statements;
    }

    static boolean isOfTransactions(String statement) {
        return OF_TRANSACTIONS.contains(SqlText.firstWord(statement));
    }

    static boolean isOfRows(String statement) {
        return OF_ROWS.contains(SqlText.firstWord(statement));
    }

    static boolean isExplaining(String statement) {
        return SqlText.firstWord(statement).equals("EXPLAIN");
    }

    private static boolean isSpace(String token) {
        return token.isBlank() || token.startsWith("--") || token.startsWith("/*");
    }

    private void add(String token) {
        if (token.equals(";") && (!isTrigger() || (last.equals("END") && beforeLast.equals(";")))) {
            finish();
            return;
        }
        current.append(token);
        if (!isSpace(token)) {
            beforeLast = last;
            last = token.toUpperCase(Locale.ROOT);
            if (words.size() < 3) {
                words.add(last);
            }
        }
    }

    private boolean isTrigger() {
        return words.size() > 1
                && words.getFirst().equals("CREATE")
                && (words.get(1).equals("TRIGGER")
                        || (words.size() > 2 && words.get(2).equals("TRIGGER")));
    }

    private void finish() {
        if (!words.isEmpty()) {
            statements.add(current.toString().strip());
        }
        current.setLength(0);
        words.clear();
        last = "";
        beforeLast = "";
    }
}
