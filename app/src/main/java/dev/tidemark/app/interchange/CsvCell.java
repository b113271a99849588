package dev.tidemark.app.interchange;

import java.util.regex.Pattern;

/**
 * Protects spreadsheets from values that they would run as formulas: writes an apostrophe before such a value. Reading
 * removes the apostrophe, so every value round-trips. Stateless.
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
