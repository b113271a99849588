package dev.tidemark.app.detail;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.tidemark.app.model.TextTokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares two texts word by word, or line by line if they have thousands of words. Of common text, keeps only a few
 * words around the differences. Algorithm: Myers, "An O(ND) difference algorithm and its variations" (java-diff-utils).
 */
public final class WordDiff {
    /**
     * A passage of a text.
     *
     * @param differs whether the other text lacks the passage
     */
    public record Piece(String text, boolean differs) {}

    private static final int CONTEXT = 48;
    private static final int MAX_LENGTH = 1200;
    private static final String CUT = " … ";

    private final List<Piece> one = new ArrayList<>();
    private final List<Piece> other = new ArrayList<>();

    private WordDiff() {}

    public static WordDiff of(String one, String other) {
        WordDiff diff = new WordDiff();
        List<List<String>> both = TextTokens.comparable(List.of(one, other));
        if (!both.isEmpty()) {
            diff.compare(both.getFirst(), both.getLast());
            return diff;
        }
        add(diff.one, one, true);
        add(diff.other, other, true);
        return diff;
    }

    /** The pieces of the first text. */
    public List<Piece> one() {
        return one;
    }

    /** The pieces of the second text. */
    public List<Piece> other() {
        return other;
    }

    private void compare(List<String> left, List<String> right) {
        int from = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(left, right).getDeltas()) {
            Chunk<String> source = delta.getSource();
            Chunk<String> target = delta.getTarget();
            String common = String.join("", left.subList(from, source.getPosition()));
            addCommon(common, from == 0, false);
            addDiffering(one, String.join("", source.getLines()));
            addDiffering(other, String.join("", target.getLines()));
            from = source.getPosition() + source.size();
        }
        addCommon(String.join("", left.subList(from, left.size())), from == 0, true);
    }

    private void addCommon(String text, boolean first, boolean last) {
        String shown = text;
        if (text.length() > 2 * CONTEXT + CUT.length()) {
            String head = first && !last ? "" : beginning(text);
            String tail = last ? "" : end(text);
            shown = head + CUT + tail;
        }
        add(one, shown, false);
        add(other, shown, false);
    }

    /** Marks words as different, but not the spaces around them. */
    private static void addDiffering(List<Piece> pieces, String text) {
        String words = text.strip();
        if (words.isEmpty()) {
            add(pieces, text, true);
            return;
        }
        int begin = text.indexOf(words);
        add(pieces, text.substring(0, begin), false);
        add(pieces, words, true);
        add(pieces, text.substring(begin + words.length()), false);
    }

    private static void add(List<Piece> pieces, String text, boolean differs) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(
                    text.length() <= MAX_LENGTH ? text : text.substring(0, whole(text, MAX_LENGTH)) + CUT, differs));
        }
    }

    private static String beginning(String text) {
        return text.substring(0, whole(text, CONTEXT));
    }

    private static String end(String text) {
        return text.substring(whole(text, text.length() - CONTEXT));
    }

    /** The index itself, or the one before if the index would split a surrogate pair. */
    private static int whole(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
