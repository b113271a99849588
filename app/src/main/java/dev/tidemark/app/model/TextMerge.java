package dev.tidemark.app.model;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges two versions of a text with their common ancestor. The merge contains the edits of both versions. Where both
 * edited the same passage, the user chooses one. Without an ancestor, the user chooses at each difference. Immutable.
 *
 * <p>Algorithm: diff3 on words, or on lines of long texts (Khanna, Kunal and Pierce, <i>A Formal Investigation of
 * Diff3</i>, 2007).
 *
 * @param parts the passages in their order; {@code null} if the texts are too long to compare
 */
public record TextMerge(@Nullable List<Part> parts) {
    /**
     * A passage.
     *
     * @param current the passage in the current version, or the merged passage
     * @param other the passage in the other version. It is equal to {@code current} unless the user has to choose
     */
    public record Part(String current, String other) {
        public boolean isChoice() {
            return !current.equals(other);
        }
    }

    /** A replacement of the ancestor's tokens from index {@code from} up to, but not including, {@code to}. */
    private record Edit(int from, int to, List<String> tokens) {}

    public TextMerge {
        parts = parts == null ? null : List.copyOf(parts);
    }

    /** @param ancestor the last version that both writers had seen; {@code null} if it is not known */
    public static TextMerge of(@Nullable String ancestor, String current, String other) {
        String base = ancestor == null ? current : ancestor;
        List<List<String>> tokens = TextTokens.comparable(List.of(base, current, other));
        if (tokens.isEmpty()) {
            return new TextMerge(null);
        }
        List<Edit> mine = edits(tokens.get(0), tokens.get(1));
        List<Edit> theirs = edits(tokens.get(0), tokens.get(2));
        return new TextMerge(ancestor == null ? choices(tokens.get(0), theirs) : merge(tokens.get(0), mine, theirs));
    }

    private static List<Edit> edits(List<String> base, List<String> changed) {
        List<Edit> edits = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(base, changed).getDeltas()) {
            edits.add(new Edit(
                    delta.getSource().getPosition(),
                    delta.getSource().getPosition() + delta.getSource().size(),
                    delta.getTarget().getLines()));
        }
        return edits;
    }

    /**
     * Returns the passages if there is no ancestor. The edits are the differences between the current and the other
     * version.
     */
    private static List<Part> choices(List<String> current, List<Edit> edits) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (Edit edit : edits) {
            add(parts, join(current.subList(at, edit.from)));
            parts.add(new Part(join(current.subList(edit.from, edit.to)), join(edit.tokens)));
            at = edit.to;
        }
        add(parts, join(current.subList(at, current.size())));
        return parts;
    }

    private static List<Part> merge(List<String> base, List<Edit> mine, List<Edit> theirs) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        int nextMine = 0;
        int nextTheirs = 0;
        while (nextMine < mine.size() || nextTheirs < theirs.size()) {
            int from = Math.min(start(mine, nextMine), start(theirs, nextTheirs));
            int to = from;
            int lastMine = nextMine;
            int lastTheirs = nextTheirs;
            boolean isGrowing = true;
            // Edits that overlap, or begin at the same position, belong to one region.
            while (isGrowing) {
                isGrowing = false;
                while (lastMine < mine.size() && belongs(mine.get(lastMine), from, to)) {
                    to = Math.max(to, mine.get(lastMine).to);
                    lastMine++;
                    isGrowing = true;
                }
                while (lastTheirs < theirs.size() && belongs(theirs.get(lastTheirs), from, to)) {
                    to = Math.max(to, theirs.get(lastTheirs).to);
                    lastTheirs++;
                    isGrowing = true;
                }
            }
            add(parts, join(base.subList(at, from)));
            String before = join(base.subList(from, to));
            String current = apply(base, mine.subList(nextMine, lastMine), from, to);
            String other = apply(base, theirs.subList(nextTheirs, lastTheirs), from, to);
            if (current.equals(before) || current.equals(other)) {
                add(parts, other);
            } else if (other.equals(before)) {
                add(parts, current);
            } else {
                parts.add(new Part(current, other));
            }
            at = to;
            nextMine = lastMine;
            nextTheirs = lastTheirs;
        }
        add(parts, join(base.subList(at, base.size())));
        return parts;
    }

    private static int start(List<Edit> edits, int index) {
        return index < edits.size() ? edits.get(index).from : Integer.MAX_VALUE;
    }

    private static boolean belongs(Edit edit, int from, int to) {
        return edit.from == from || edit.from < to;
    }

    /** Returns the text of a region of the base after these edits. */
    private static String apply(List<String> base, List<Edit> edits, int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        for (Edit edit : edits) {
            text.append(join(base.subList(at, edit.from))).append(join(edit.tokens));
            at = edit.to;
        }
        return text.append(join(base.subList(at, to))).toString();
    }

    private static String join(List<String> tokens) {
        return String.join("", tokens);
    }

    private static void add(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, text));
        }
    }

    /** Whether the user has to choose, because both versions edited a passage or the texts are too long to compare. */
    public boolean hasChoices() {
        return parts == null || parts.stream().anyMatch(Part::isChoice);
    }

    /**
     * Returns the merged text; empty if the texts are too long to compare.
     *
     * @param takesOther whether the choice with this index, counted from 0, takes the other version instead of the
     *     current version
     */
    public String text(IntPredicate takesOther) {
        StringBuilder text = new StringBuilder();
        int choice = 0;
        for (Part part : parts == null ? List.<Part>of() : parts) {
            boolean isOther = part.isChoice() && takesOther.test(choice);
            choice += part.isChoice() ? 1 : 0;
            text.append(isOther ? part.other() : part.current());
        }
        return text.toString();
    }
}
