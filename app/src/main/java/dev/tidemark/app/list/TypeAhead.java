package dev.tidemark.app.list;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javafx.scene.input.KeyEvent;

/**
 * Finds the line that begins with the letters that are typed. They collect as long as no more than a second lies between two of them.
 * Capital letters and accents do not matter. Belongs to one thread.
 */
public final class TypeAhead {
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final LongSupplier nanos;
    private String collected = "";
    private long last;

    /** @param nanos a clock that only differences are taken of */
    public TypeAhead(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Whether what was typed is a letter or the like, and no keys that do something.
     *
     * @param within whether there were others before it; a blank begins nothing
     */
    public static boolean isLetter(KeyEvent event, boolean within) {
        String typed = event.getCharacter();
        boolean isCommand = event.isControlDown() != event.isAltDown() || event.isMetaDown();
        return !isCommand
                && !typed.isEmpty()
                && !Character.isISOControl(typed.charAt(0))
                && (within || !typed.isBlank());
    }

    /** Whether a letter that is typed now would belong to others before it. */
    public boolean isCollecting() {
        return !collected.isEmpty() && nanos.getAsLong() - last <= PAUSE_NANOS;
    }

    /** Takes back the last letter. */
    void takeBack() {
        collected = collected.substring(0, collected.length() - 1);
        last = nanos.getAsLong();
    }

    /** Whether the line goes on with this after what was typed. */
    boolean goesOn(String letters, String line) {
        return isCollecting() && begins(line, collected + letters);
    }

    /**
     * Takes a letter.
     *
     * @param from the line that is chosen; below 0 for none
     * @param line the text of a line
     * @return the line to go to, below 0 if none begins so: with the first letter the next one, then one that goes on so
     */
    public int typed(String letter, int from, int size, IntFunction<String> line) {
        boolean isFirst = !isCollecting();
        last = nanos.getAsLong();
        boolean isSame = !isFirst && collected.equals(fold(letter));
        collected = isFirst ? fold(letter) : collected + fold(letter);
        int found = find(collected, isFirst ? from + 1 : from, size, line);
        if (found < 0 && isSame) {
            // The same letter again and again goes through all that begin with it.
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
        // A letter and its marks are no more than three characters.
        return fold(text.substring(0, Math.min(text.length(), wanted.length() * 3)))
                .startsWith(wanted);
    }

    private static String fold(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
