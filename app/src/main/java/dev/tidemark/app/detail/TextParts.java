package dev.tidemark.app.detail;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Splits a long text into parts, of which the user edits one at a time. On each key press, JavaFX lays out the whole
 * text of a field, which takes seconds for a megabyte, and the editor has a node for each line. A shorter text has one
 * part. Not thread-safe.
 */
final class TextParts {
    /** The length of a text, in characters, up to which typing has no noticeable delay. */
    static final int MAX_LENGTH = 40_000;

    /** The number of lines up to which a text opens without a noticeable delay. */
    static final int MAX_LINES = 1_000;

    private static final int PART = 20_000;
    private static final int PART_LINES = 500;

    private final Consumer<String> typed;
    private final ReadOnlyStringWrapper part = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(1);
    private String text;
    private int start;
    private int end;

    /** @param typed receives the whole text when the user changes the open part */
    TextParts(String text, Consumer<String> typed) {
        this.typed = typed;
        this.text = text;
        open(0);
    }

    ReadOnlyStringProperty partProperty() {
        return part.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** The index of the open part, from 0. */
    int index() {
        return indexOf(bounds(text), start);
    }

    /** The position in the whole text where the open part starts. */
    int start() {
        return start;
    }

    /** Replaces the text of the open part. Call this method when the user changed the part. */
    void type(String wanted) {
        if (!wanted.equals(part.get())) {
            text = text.substring(0, start) + wanted + text.substring(end);
            end = start + wanted.length();
            part.set(wanted);
            typed.accept(text);
        }
    }

    /** Opens the part that contains a position of the whole text. */
    void open(int position) {
        List<Integer> bounds = bounds(text);
        int index = indexOf(bounds, Math.clamp(position, 0, text.length()));
        start = bounds.get(index);
        end = index + 1 < bounds.size() ? bounds.get(index + 1) : text.length();
        count.set(bounds.size());
        part.set(text.substring(start, end));
    }

    /**
     * Opens the part that is {@code by} parts after the current part. Returns {@code false} if there is no such part.
     */
    boolean move(int by) {
        List<Integer> bounds = bounds(text);
        int wanted = indexOf(bounds, start) + by;
        if (wanted < 0 || wanted >= bounds.size()) {
            return false;
        }
        open(bounds.get(wanted));
        return true;
    }

    /**
     * Shows a text that changed elsewhere. The open part still begins and ends at the same characters, unless these
     * were changed or the part is now too long.
     */
    void show(String now) {
        if (now.equals(text)) {
            return;
        }
        int shorter = Math.min(text.length(), now.length());
        int same = 0;
        while (same < shorter && text.charAt(same) == now.charAt(same)) {
            same++;
        }
        int sameEnd = 0;
        while (sameEnd < shorter - same
                && text.charAt(text.length() - 1 - sameEnd) == now.charAt(now.length() - 1 - sameEnd)) {
            sameEnd++;
        }
        int grown = now.length() - text.length();
        int tail = text.length() - sameEnd;
        int newStart = start <= same ? start : start >= tail ? start + grown : same;
        int newEnd = end >= tail ? end + grown : end <= same ? end : now.length() - sameEnd;
        text = now;
        if (newEnd <= newStart || fits(text) || !fits(text.substring(newStart, newEnd))) {
            open(newStart);
        } else {
            start = newStart;
            end = newEnd;
            count.set(bounds(text).size());
            part.set(text.substring(start, end));
        }
    }

    private static int indexOf(List<Integer> bounds, int position) {
        int index = bounds.size() - 1;
        while (index > 0 && bounds.get(index) > position) {
            index--;
        }
        return index;
    }

    /** The positions at which the parts start. */
    private static List<Integer> bounds(String text) {
        List<Integer> bounds = new ArrayList<>(List.of(0));
        int from = 0;
        while (limit(text, from, MAX_LENGTH, MAX_LINES) < text.length()) {
            from = cut(text, from);
            bounds.add(from);
        }
        return bounds;
    }

    /** Whether a text needs no parts. */
    static boolean fits(String text) {
        return limit(text, 0, MAX_LENGTH, MAX_LINES) == text.length();
    }

    /** Returns the end of the text that starts at {@code from} and has at most this length and these lines. */
    private static int limit(String text, int from, int length, int lines) {
        int end = Math.min(text.length(), from + length);
        int left = lines;
        for (int at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            left--;
            if (left == 0) {
                return at + 1;
            }
        }
        return end;
    }

    /**
     * Returns the position where a part ends: after a blank line if possible, otherwise after a line break, a space or
     * any character.
     *
     * @param from the position where the part starts
     */
    private static int cut(String text, int from) {
        int wanted = limit(text, from, PART, PART_LINES);
        int earliest = from + (wanted - from) / 2;
        // Searches only this window of the text. If a mark is missing, a search of the whole text would scan it to the
        // beginning.
        String window = text.substring(earliest, wanted);
        for (String mark : List.of("\n\n", "\n", " ")) {
            int found = window.lastIndexOf(mark);
            if (found >= 0) {
                return earliest + found + mark.length();
            }
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        int lookedAt = wanted - 100;
        characters.setText(text.substring(lookedAt, wanted + 1));
        int whole = characters.preceding(100 + 1);
        return whole > 0 ? lookedAt + whole : wanted;
    }
}
