package dev.tidemark.app.interchange;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from running values as formulas. It writes an apostrophe before a value that looks like a formula,
 * and removes the apostrophe on reading, so that every value is read as it was written. Stateless.
 */
public final class CsvCell {
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r].*", Pattern.DOTALL);

    private CsvCell() {}

    public static String protect(String value) {
        return FORMULA.matcher(value).matches() ? "'" + value : value;
    }

    public static String plain(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell.substring(1)).matches() ? cell.substring(1) : cell;
    }
}
