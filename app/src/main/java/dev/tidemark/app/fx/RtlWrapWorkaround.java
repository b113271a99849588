package dev.tidemark.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.control.TextArea;
import javafx.scene.text.Text;

/**
 * Goes round two faults of JavaFX on Linux, seen in 26.0.2 and 27-ea+11, with Arabic, Hebrew and the like. Where a run of them goes on in
 * another line, it draws them in the wrong place and may fail ({@code PangoGlyphLayout} keeps the text of a run that {@code
 * PrismTextLayout} parts). So such words are nodes of their own, between which lines break soundly; and in a field, which has but one
 * node, such lines do not break. Where their signs come from another font than their letters, pieces are in the wrong order. So they
 * are drawn in the font of the system, which has both. For the JavaFX thread.
 */
public final class RtlWrapWorkaround {
    private static final boolean IS_FAULTY =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

    /** What stays together in a line; no line here is so narrow that it would not fit. */
    private static final Pattern WORD = Pattern.compile("\\S{1,16}\\s*|\\s+");

    /** The widest that letters are on average, in parts of the size of the font. */
    private static final double LETTER = 0.62;

    private static final String FONT = "-fx-font-family: \"System\";";

    private RtlWrapWorkaround() {}

    /** What a node that shows this text needs; empty for most. */
    static String style(String text) {
        return IS_FAULTY && hasRightToLeft(text, 0, text.length()) ? FONT : "";
    }

    /** Nodes for a text flow that show this text. */
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

    /** Has the lines of a field break where it is too narrow, unless that is unsound for what is in it. */
    public static void apply(TextArea field) {
        field.setWrapText(
                isSound(field.getText(), field.getWidth(), field.getFont().getSize()));
    }

    static boolean isSound(String text, double width, double size) {
        if (!IS_FAULTY) {
            return true;
        }
        double room = width / (size * LETTER) - 8;
        int start = 0;
        while (start < text.length()) {
            int found = text.indexOf('\n', start);
            int end = found < 0 ? text.length() : found;
            if (end - start > room && hasRightToLeft(text, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Whether there is anything in it that is read from the right. */
    static boolean hasRightToLeft(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            char letter = text.charAt(at);
            // Below, there are none; above in pairs of characters, those of old scripts.
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
