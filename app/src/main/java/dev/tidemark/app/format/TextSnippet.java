package dev.tidemark.app.format;

import java.util.regex.Pattern;

/** Formats the beginning of a Markdown text as one line without Markdown syntax, for the rows of lists. */
public final class TextSnippet {
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]\\n]*\\]\\([^)\\n]*\\)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\n]*)\\]\\([^)\\n]*\\)");
    private static final Pattern LINE_START = Pattern.compile(
            "(?m)^\\h*(?:#{1,6}\\h+|>\\h?|(?:[-*+]|\\d{1,9}[.)])\\h+(?:\\[[ xX]\\]\\h+)?|```\\w*|[-*_]{3,}\\h*$)");
    private static final Pattern EMPHASIS = Pattern.compile("(\\*{1,3}|_{2,3}|~~|`)(?=\\S)(.+?)(?<=\\S)\\1");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private TextSnippet() {}

    /** Returns the text in one line, without Markdown syntax. Keeps the same characters where they are not syntax. */
    public static String of(String text) {
        String plain = IMAGE.matcher(text).replaceAll("");
        plain = LINK.matcher(plain).replaceAll("$1");
        plain = LINE_START.matcher(plain).replaceAll("");
        plain = EMPHASIS.matcher(plain).replaceAll("$2");
        return SPACE.matcher(plain).replaceAll(" ").strip();
    }
}
