package dev.tidemark.app.fx;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Makes user text fit one line of a row, menu or message. Replaces line breaks by spaces, removes control and direction
 * characters, and cuts very long text, because layout measures the whole text. Thread-safe.
 */
public final class SingleLineText {
    /** The maximum length in characters. One line of the widest screens has fewer. */
    private static final int MAX_LENGTH = 600;

    /**
     * The maximum length, in characters, of a text in a menu or a notification. A wider submenu would cover its menu.
     */
    private static final int BRIEF = 48;

    private static final String CUT = "…";

    private SingleLineText() {}

    /** Prepares text for a line that its container clips. */
    public static String of(String text) {
        return truncate(text, MAX_LENGTH);
    }

    /** Prepares text for containers that grow with their text: menus, messages, notifications. */
    public static String abbreviate(String text) {
        return truncate(text, BRIEF);
    }

    private static String truncate(String text, int maxLength) {
        if (text.length() <= maxLength && text.codePoints().noneMatch(SingleLineText::isRemoved)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        int at = 0;
        while (at < text.length() && line.length() <= maxLength) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (!isRemoved(character)) {
                line.appendCodePoint(character);
            } else if (isBlank(character)) {
                line.append(' ');
            }
        }
        if (line.length() <= maxLength) {
            return line.toString();
        }
        return line.substring(0, wholeCharacters(line.toString(), maxLength)) + CUT;
    }

    /**
     * Returns the length at which to cut a line. Cuts only between grapheme clusters, so that no emoji and no letter
     * with marks is split.
     */
    private static int wholeCharacters(String line, int maxLength) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(line);
        int end = characters.preceding(maxLength + 1);
        return end > 0 ? end : maxLength;
    }

    private static boolean isRemoved(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> isBidiControl(character);
        };
    }

    /** Whether the character changes the direction of the text after it. */
    private static boolean isBidiControl(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || character == 0x85;
    }
}
