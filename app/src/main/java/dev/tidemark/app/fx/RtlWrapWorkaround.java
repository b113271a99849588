package dev.tidemark.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.TextArea;
import javafx.scene.text.Text;

/**
 * Works around two JavaFX bugs on Linux, seen in 26.0.2 and 27-ea+11, with Arabic, Hebrew and other right-to-left
 * scripts. For the JavaFX thread.
 *
 * <ul>
 * <li>JavaFX draws a wrapped right-to-left run in the wrong place, or throws ({@code PangoGlyphLayout} keeps the text
 * of a run that {@code PrismTextLayout} splits). For this reason, each word is a separate text node. A text area has a
 * single node, so it does not wrap lines with such text.
 * <li>If punctuation and letters come from different fonts, the pieces are in the wrong order. For this reason, such
 * text uses the system font, which has both.
 * </ul>
 */
public final class RtlWrapWorkaround {
    private static final boolean IS_FAULTY =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

    /** Matches the text of one node: a word, or a part of a long word that fits any line of the app. */
    private static final Pattern WORD = Pattern.compile("\\S{1,16}\\s*|\\s+");

    /** The maximum average width of letters, relative to the font size. */
    private static final double LETTER = 0.62;

    private static final String FONT = "-fx-font-family: \"System\";";

    private RtlWrapWorkaround() {}

    /** Returns the inline style of a node with this text. Empty unless the second bug applies. */
    static String style(String text) {
        return IS_FAULTY && hasRightToLeft(text, 0, text.length()) ? FONT : "";
    }

    /** Creates the nodes of a text flow for this text. */
    public static List<Text> texts(String text) {
        if (!IS_FAULTY || !hasRightToLeft(text, 0, text.length())) {
            return List.of(new Text(text));
        }
        List<Text> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            Text word = new Text(matcher.group());
            word.setStyle(FONT);
            words.add(word);
        }
        return words;
    }

    /**
     * Enables wrapping in a text area. Disables wrapping if its text has a right-to-left line that is too long for one
     * row.
     */
    public static void apply(TextArea field) {
        field.setWrapText(
                isSound(field.getText(), field.getWidth(), field.getFont().getSize()));
    }

    static boolean isSound(String text, double width, double size) {
        if (!IS_FAULTY) {
            return true;
        }
        double lineLength = width / (size * LETTER) - 8;
        int start = 0;
        while (start < text.length()) {
            int found = text.indexOf('\n', start);
            int end = found < 0 ? text.length() : found;
            if (end - start > lineLength && hasRightToLeft(text, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Whether the range contains right-to-left characters. */
    static boolean hasRightToLeft(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            char letter = text.charAt(at);
            // No character below this is right-to-left. Characters above the BMP are surrogate pairs.
            if (letter >= 0x590 && isRightToLeft(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRightToLeft(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}
