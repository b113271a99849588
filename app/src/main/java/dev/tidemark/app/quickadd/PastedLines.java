package dev.tidemark.app.quickadd;

import java.util.List;
import java.util.regex.Pattern;

/** Splits pasted text into titles of new items: one per line, without list markers. */
public final class PastedLines {
    /** The maximum number of pasted lines. More are probably a mistake. */
    public static final int MAX_LINES = 500;

    private static final Pattern MARK = Pattern.compile("^\\s*(?:(?:[-*+•]|\\d{1,3}[.)])\\s+)?(?:\\[[ xX]]\\s+)?");

    private PastedLines() {}

    /** Returns the titles in the order of the lines. Skips blank lines. */
    public static List<String> titles(String text) {
        return text.lines()
                .map(line -> MARK.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .limit(MAX_LINES)
                .toList();
    }
}
