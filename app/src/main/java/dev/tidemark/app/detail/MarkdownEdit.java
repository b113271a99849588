package dev.tidemark.app.detail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes how a key press changes a Markdown text: by replacing one range.
 *
 * @param from the start of the replaced range
 * @param to the end of the replaced range, exclusive
 * @param text the text that replaces the range
 * @param anchor the start of the selection afterwards
 * @param caret the end of the selection afterwards, where the caret is
 */
record MarkdownEdit(int from, int to, String text, int anchor, int caret) {
    /** Matches a list item. The groups are indent, bullet, number, delimiter after the number, spaces, and checkbox. */
    private static final Pattern ITEM =
            Pattern.compile("([ \\t]*)(?:([-*+])|(\\d{1,9})([.)]))([ \\t]+)(\\[[ xX]][ \\t]+)?.*");

    /** Matches the start of a line up to two brackets. The group is the mark of a list item before them. */
    private static final Pattern NEW_TASK = Pattern.compile("[ \\t]*([-*+][ \\t]+|\\d{1,9}[.)][ \\t]+)?\\[]");

    private static final Pattern BOX = Pattern.compile("\\[[ xX]]");
    private static final Pattern SIMPLE = Pattern.compile("[\\p{L}\\p{N}._-]+");
    private static final Pattern MARKED = Pattern.compile("[<>\\\\&]");
    private static final char MARK = '*';
    private static final String NEW_BOX = "[ ] ";

    /** Returns Markdown that shows the attached image with this name. */
    static String image(String name) {
        return SIMPLE.matcher(name).matches()
                ? "![](" + name + ")"
                : "![](<" + MARKED.matcher(name).replaceAll("\\\\$0") + ">)";
    }

    /**
     * Handles Enter in a list item. Adds another item below. If the current item is empty, outdents or removes it
     * instead. Returns {@code null} outside of a list.
     */
    static @Nullable MarkdownEdit enter(String text, int from, int to) {
        int begin = begin(text, from);
        int end = end(text, to);
        Matcher item = ITEM.matcher(text.substring(begin, end));
        if (!item.matches()) {
            return null;
        }
        int content = begin + contentAt(item);
        if (from < content) {
            return null;
        }
        if (text.substring(content, end).isBlank()) {
            return ended(text, begin, end, item);
        }
        String mark = item.group(2) != null
                ? item.group(2)
                : Long.toString(Long.parseLong(item.group(3)) + 1) + item.group(4);
        String next = "\n" + item.group(1) + mark + item.group(5) + (item.group(6) == null ? "" : NEW_BOX);
        return new MarkdownEdit(from, to, next, from + next.length(), from + next.length());
    }

    /**
     * Handles a space after {@code []} at the start of a line or of a list item. Makes the line a task. Returns
     * {@code null} elsewhere.
     */
    static @Nullable MarkdownEdit space(String text, int from, int to) {
        int begin = begin(text, from);
        Matcher typed = NEW_TASK.matcher(text.substring(begin, from));
        if (from != to || !typed.matches()) {
            return null;
        }
        String task = (typed.group(1) == null ? "- " : "") + NEW_BOX;
        int start = from - "[]".length();
        return new MarkdownEdit(start, from, task, start + task.length(), start + task.length());
    }

    private static int contentAt(Matcher item) {
        return item.group(6) == null ? item.end(5) : item.end(6);
    }

    /** Handles Enter in an empty list item. Outdents a nested item, and removes any other. */
    private static MarkdownEdit ended(String text, int begin, int end, Matcher item) {
        int blanks = item.group(1).length();
        if (blanks == 0) {
            return new MarkdownEdit(begin, end, "", begin, begin);
        }
        String out = text.substring(begin + Math.min(blanks, width(item)), end);
        return new MarkdownEdit(begin, end, out, begin + out.length(), begin + out.length());
    }

    /** The number of spaces by which an item must be indented to be nested below this item. */
    private static int width(Matcher item) {
        return item.group(2) != null ? 2 : item.group(3).length() + 2;
    }

    /**
     * Handles Tab. Indents or outdents the list item at the caret, or all selected lines. Returns {@code null}
     * elsewhere.
     */
    static @Nullable MarkdownEdit indent(String text, int from, int to, boolean out) {
        int begin = begin(text, from);
        int end = end(text, Math.max(from, to > from && text.charAt(to - 1) == '\n' ? to - 1 : to));
        String lines = text.substring(begin, end);
        Matcher first = ITEM.matcher(lines.lines().findFirst().orElse(""));
        boolean isItem = first.matches();
        if (!isItem && lines.indexOf('\n') < 0) {
            return null;
        }
        String blanks = " ".repeat(isItem ? width(first) : 2);
        StringBuilder changed = new StringBuilder(lines.length());
        for (String line : lines.split("\n", -1)) {
            changed.append(changed.isEmpty() ? "" : "\n");
            changed.append(out ? line.substring(Math.min(blanks.length(), leading(line))) : indented(line, blanks));
        }
        int more = changed.length() - lines.length();
        int start = from == to ? Math.max(begin, from + more) : begin;
        return new MarkdownEdit(begin, end, changed.toString(), start, from == to ? start : end + more);
    }

    private static String indented(String line, String blanks) {
        return line.isBlank() ? line : blanks + line;
    }

    private static int leading(String line) {
        int blanks = 0;
        while (blanks < line.length() && line.charAt(blanks) == ' ') {
            blanks++;
        }
        return blanks;
    }

    /**
     * Puts asterisks around the selection without the spaces at its ends. If the selection already has these asterisks,
     * removes them.
     *
     * @param mark one asterisk for emphasis, or two for strong emphasis
     */
    static MarkdownEdit wrap(String text, int from, int to, String mark) {
        int begin = from;
        int end = to;
        while (begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        while (begin < end && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        String inner = text.substring(begin, end);
        int length = mark.length();
        if (inner.length() > 2 * length
                && fits(run(inner, 0), length)
                && inner.startsWith(mark)
                && inner.endsWith(mark)) {
            String plain = inner.substring(length, inner.length() - length);
            return new MarkdownEdit(begin, end, plain, begin, begin + plain.length());
        }
        int before = begin;
        while (before > 0 && text.charAt(before - 1) == MARK) {
            before--;
        }
        if (fits(begin - before, length) && fits(run(text, end), length)) {
            return new MarkdownEdit(begin - length, end + length, inner, begin - length, end - length);
        }
        return new MarkdownEdit(begin, end, mark + inner + mark, begin + length, end + length);
    }

    private static int run(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) == MARK) {
            to++;
        }
        return to - from;
    }

    /**
     * Whether a run of asterisks includes the wanted mark: one asterisk is emphasis, two are strong, three are both.
     *
     * @param stars the length of the run
     * @param wanted the length of the wanted mark
     */
    private static boolean fits(int stars, int wanted) {
        return stars == wanted || stars >= 3;
    }

    /**
     * Turns the selection into a link. Puts the caret where the text or the address is missing, otherwise after the
     * link.
     *
     * @param address the address; {@code null} if the user must type it
     */
    static MarkdownEdit link(String text, int from, int to, @Nullable String address) {
        String inner = text.substring(from, to);
        if (address == null && LinkTarget.isAddress(inner)) {
            return new MarkdownEdit(from, to, "[](" + inner + ")", from + 1, from + 1);
        }
        String created = "[" + inner + "](" + (address == null ? "" : address) + ")";
        int caret =
                inner.isEmpty() ? from + 1 : address == null ? from + created.length() - 1 : from + created.length();
        return new MarkdownEdit(from, to, created, caret, caret);
    }

    /** Returns the text with the checkbox at a position set or cleared; unchanged if there is no checkbox. */
    static String checked(String text, int at, boolean checked) {
        boolean isBox = at >= 0
                && at + 3 <= text.length()
                && BOX.matcher(text.substring(at, at + 3)).matches();
        return isBox ? text.substring(0, at) + (checked ? "[x]" : "[ ]") + text.substring(at + 3) : text;
    }

    /** Whether the checkbox of a list item starts at a position. */
    static boolean isBox(String text, int at) {
        return at >= 0
                && at + 4 <= text.length()
                && BOX.matcher(text.substring(at, at + 3)).matches()
                && Character.isWhitespace(text.charAt(at + 3));
    }

    private static int begin(String text, int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private static int end(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }
}
