package dev.tidemark.app.model;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Splits texts into words or lines for comparisons and merges. */
public final class TextTokens {
    private static final Pattern WORDS = Pattern.compile("\\s+|[\\p{L}\\p{M}\\p{N}_']+|.", Pattern.DOTALL);
    private static final Pattern LINES = Pattern.compile("[^\\n]*\\n|[^\\n]+");
    private static final int MAX_TOKENS = 3000;

    private TextTokens() {}

    /**
     * Splits the texts into words, or into lines if a text has too many words. Returns an empty list if a text also has
     * too many lines.
     */
    public static List<List<String>> comparable(List<String> texts) {
        for (Pattern pattern : List.of(WORDS, LINES)) {
            List<List<String>> all =
                    texts.stream().map(text -> tokens(pattern, text)).toList();
            if (all.stream().allMatch(tokens -> tokens.size() <= MAX_TOKENS)) {
                return all;
            }
        }
        return List.of();
    }

    private static List<String> tokens(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .limit(MAX_TOKENS + 1L)
                .map(MatchResult::group)
                .toList();
    }
}
