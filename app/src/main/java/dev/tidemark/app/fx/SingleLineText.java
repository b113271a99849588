package dev.tidemark.app.fx;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * A person's text as one line of a row, a menu or a sentence: what breaks lines is a blank, what cannot be seen but would turn or garble
 * the rest of the line is left out, and what is far too long to be shown is cut before anything has to measure it. Thread-safe.
 */
public final class SingleLineText {
    /** More than fits into a line of the widest screens. */
    private static final int LONGEST = 600;

    /** What a menu or a notification has room for. */
    private static final int BRIEF = 80;

    private static final String CUT = "…";

    private SingleLineText() {}

    /** As long as a line may ever be. */
    public static String of(String text) {
        return cut(text, LONGEST);
    }

    /** For what grows with its text: menus, sentences, notifications. */
    public static String brief(String text) {
        return cut(text, BRIEF);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most && text.codePoints().noneMatch(SingleLineText::isOdd)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), most) + 1);
        int at = 0;
        while (at < text.length() && line.length() <= most) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (!isOdd(character)) {
                line.appendCodePoint(character);
            } else if (isBlank(character)) {
                line.append(' ');
            }
        }
        if (line.length() <= most) {
            return line.toString();
        }
        return line.substring(0, wholeCharacters(line.toString(), most)) + CUT;
    }

    /** An emoji of several parts, or a letter with its marks, stays whole or goes. */
    private static int wholeCharacters(String line, int most) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(line);
        int end = characters.preceding(most + 1);
        return end > 0 ? end : most;
    }

    private static boolean isOdd(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> isBidiControl(character);
        };
    }

    /** Has everything behind it read in another direction, until something ends that. */
    private static boolean isBidiControl(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || character == 0x85;
    }
}
