package dev.tidemark.engine.internal.sql;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Examines and builds the text of statements, without a parser. */
public final class SqlText {
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/)*+([A-Za-z]+)");
    private static final Pattern NOT_CODE =
            Pattern.compile("(?s)'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^]]*]|--[^\\n]*|/\\*.*?(?:\\*/|$)");

    private SqlText() {}

    /** Returns the first word in upper case; empty if the statement does not begin with one. */
    public static String firstWord(String sql) {
        Matcher word = FIRST_WORD.matcher(sql);
        return word.lookingAt() ? word.group(1).toUpperCase(Locale.ROOT) : "";
    }

    /** Returns the name in double quotes. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns an insert with a {@code ?} for each of these columns. */
    public static String insert(String table, Collection<String> columns) {
        return "INSERT INTO " + quote(table)
                + columns.stream().map(SqlText::quote).collect(Collectors.joining(", ", "(", ") VALUES ("))
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    /**
     * Returns whether the text has SQL after its first semicolon outside of literals and comments. SQLite would ignore
     * that.
     */
    public static boolean hasSecondStatement(String sql) {
        if (sql.indexOf(';') < 0) {
            return false;
        }
        String bare = NOT_CODE.matcher(sql).replaceAll(" ").strip();
        int end = bare.indexOf(';');
        return end >= 0 && !bare.substring(end).replace(";", "").isBlank();
    }
}
