package dev.tidemark.app.list;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javafx.scene.input.KeyEvent;

/**
 * Finds the line that starts with the letters that the user types. A letter within a second after the previous one
 * extends the prefix. Ignores case and accents. Belongs to one thread.
 */
public final class TypeAhead {
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final LongSupplier nanos;
    private String collected = "";
    private long last;

    /** @param nanos a clock like {@link System#nanoTime} */
    public TypeAhead(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Whether the event types a character and is not a shortcut.
     *
     * @param within whether the user already typed letters of a prefix. Only then a space belongs to the prefix
     */
    public static boolean isLetter(KeyEvent event, boolean within) {
        String typed = event.getCharacter();
        boolean isCommand = event.isControlDown() != event.isAltDown() || event.isMetaDown();
        return !isCommand
                && !typed.isEmpty()
                && !Character.isISOControl(typed.charAt(0))
                && (within || !typed.isBlank());
    }

    /** Whether the next letter extends the prefix. */
    public boolean isCollecting() {
        return !collected.isEmpty() && nanos.getAsLong() - last <= PAUSE_NANOS;
    }

    void removeLast() {
        collected = collected.substring(0, collected.length() - 1);
        last = nanos.getAsLong();
    }

    /** Whether the line starts with the prefix followed by these letters. */
    boolean continuesWith(String letters, String line) {
        return isCollecting() && begins(line, collected + letters);
    }

    /**
     * Adds a letter.
     *
     * @param from the index of the selected line; negative for none
     * @param line returns the text of the line at an index
     * @return the index of the line to select; negative for none. For the first letter, the search starts after the
     *     selected line. For the next letters, the search starts at the selected line
     */
    public int typed(String letter, int from, int size, IntFunction<String> line) {
        boolean isFirst = !isCollecting();
        last = nanos.getAsLong();
        boolean isSame = !isFirst && collected.equals(fold(letter));
        collected = isFirst ? fold(letter) : collected + fold(letter);
        int found = find(collected, isFirst ? from + 1 : from, size, line);
        if (found < 0 && isSame) {
            // Repeating a letter cycles through the lines that start with that letter.
            collected = fold(letter);
            found = find(collected, from + 1, size, line);
        }
        return found;
    }

    private static int find(String wanted, int from, int size, IntFunction<String> line) {
        for (int step = 0; step < size; step++) {
            int index = Math.floorMod(from + step, size);
            if (begins(line.apply(index), wanted)) {
                return index;
            }
        }
        return -1;
    }

    private static boolean begins(String line, String wanted) {
        String text = line.stripLeading();
        // A letter with its combining marks has at most three characters.
        return fold(text.substring(0, Math.min(text.length(), wanted.length() * 3)))
                .startsWith(wanted);
    }

    private static String fold(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
