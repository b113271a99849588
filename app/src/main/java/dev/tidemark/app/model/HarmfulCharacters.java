package dev.tidemark.app.model;

import java.util.HexFormat;

/**
 * Recognises and escapes characters that control a terminal, change the reading order of text, or are invisible. Use it
 * for all text that is shown or printed, because another device may have written the text.
 */
public final class HarmfulCharacters {
    private HarmfulCharacters() {}

    public static boolean contain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Emoji and several scripts need the zero-width joiners.
            case Character.FORMAT -> character != 0x200c && character != 0x200d && !isTag(character);
            default -> false;
        };
    }

    /** Whether this is a tag character, which some emoji flags contain. */
    private static boolean isTag(int character) {
        return character >= 0xe0020 && character <= 0xe007f;
    }

    /** Returns the JSON escapes of a code point, such as {@code \\u001b}, one for each UTF-16 unit. */
    public static String escape(int character) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(character)) {
            escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
        return escaped.toString();
    }
}
