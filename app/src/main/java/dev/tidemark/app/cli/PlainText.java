package dev.tidemark.app.cli;

import java.util.Locale;

/**
 * Makes text harmless for a terminal: data may come from another device, and must neither control the terminal nor
 * change the order in which the rest of a line is read.
 */
public final class PlainText {
    private PlainText() {}

    /** For one line: control characters and the like become visible, as {@code \\u001b}. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** For several lines: line feeds and tabs stay. */
    public static String lines(String text) {
        return escape(text.replace("\r\n", "\n"), true);
    }

    private static String escape(String text, boolean lines) {
        if (text.codePoints().noneMatch(PlainText::isHarmful)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (!isHarmful(character) || (lines && (character == '\n' || character == '\t'))) {
                safe.appendCodePoint(character);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return safe.toString();
    }

    private static boolean isHarmful(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Emoji and several scripts need the joiners; all else of this kind is invisible or reorders text.
            case Character.FORMAT -> character != 0x200c && character != 0x200d && !isTag(character);
            default -> false;
        };
    }

    /** Parts of some flags' emoji. */
    private static boolean isTag(int character) {
        return character >= 0xe0020 && character <= 0xe007f;
    }
}
