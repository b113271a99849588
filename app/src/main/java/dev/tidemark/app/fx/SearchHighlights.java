package dev.tidemark.app.fx;

import dev.tidemark.app.model.Search;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the searched words in a text, at the start of words and without regard to case and accents. */
public final class SearchHighlights {
    private SearchHighlights() {}

    /** A range of the text. The end is exclusive. */
    public record Range(int start, int end) {}

    /** Returns the ranges in ascending order, without overlaps. */
    public static List<Range> of(String text, List<String> words) {
        String folded = fold(text);
        List<Range> found = new ArrayList<>();
        for (int at = 0; at < folded.length(); at++) {
            int longest = 0;
            for (String word : words) {
                String wanted = fold(word);
                if (folded.startsWith(wanted, at) && startsWord(folded, at, wanted)) {
                    longest = Math.max(longest, wanted.length());
                }
            }
            if (longest > 0) {
                found.add(new Range(at, at + longest));
                at += longest - 1;
            }
        }
        return found;
    }

    private static boolean startsWord(String text, int at, String word) {
        return at == 0
                || Search.isUnsegmented(word)
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || (!word.isEmpty() && !Character.isLetterOrDigit(word.charAt(0)));
    }

    /**
     * Returns the text without case and accents. Replaces each character by exactly one, so that indices stay valid.
     */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            String plain = letter < 0x80
                    ? String.valueOf(letter)
                    : Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD);
            String lower = plain.substring(0, 1).toLowerCase(Locale.ROOT);
            folded.append(lower.charAt(0));
        }
        return folded.toString();
    }
}
