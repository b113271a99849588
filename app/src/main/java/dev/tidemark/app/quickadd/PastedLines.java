package dev.tidemark.app.quickadd;

import java.util.List;
import java.util.regex.Pattern;

/** Text from elsewhere as titles of new items: a line each, without the marks that lists have. */
public final class PastedLines {
    /** More than anybody means; a whole book would be a mistake. */
    public static final int MOST = 500;

    private static final Pattern MARK = Pattern.compile("^\\s*(?:(?:[-*+•]|\\d{1,3}[.)])\\s+)?(?:\\[[ xX]]\\s+)?");

    private PastedLines() {}

    /** The titles in their order; blank lines are none. */
    public static List<String> titles(String text) {
        return text.lines()
                .map(line -> MARK.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .limit(MOST)
                .toList();
    }
}
