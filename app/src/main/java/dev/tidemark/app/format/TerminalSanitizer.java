package dev.tidemark.app.format;

import dev.tidemark.app.model.HarmfulCharacters;

/**
 * Escapes control and bidirectional characters. A text may come from another device, and must not control the terminal
 * or reorder the rest of a line.
 */
public final class TerminalSanitizer {
    private TerminalSanitizer() {}

    /** Escapes a line. Control characters become visible, for example as {@code \\u001b}. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** Escapes several lines. Keeps line feeds and tabs. */
    public static String lines(String text) {
        return escape(text.replace("\r\n", "\n"), true);
    }

    private static String escape(String text, boolean lines) {
        if (text.codePoints().noneMatch(HarmfulCharacters::contain)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (!HarmfulCharacters.contain(character) || (lines && (character == '\n' || character == '\t'))) {
                safe.appendCodePoint(character);
            } else {
                safe.append(HarmfulCharacters.escape(character));
            }
        });
        return safe.toString();
    }
}
