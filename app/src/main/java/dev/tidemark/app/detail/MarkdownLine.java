package dev.tidemark.app.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the editor draws one line of a Markdown text. Contains no position in the text, so that a line stays equal when
 * lines above it change. Immutable.
 *
 * @param text the line without its line break
 * @param block the kind of the block that contains the line
 * @param depth the number of lists around the list that contains the line
 * @param quotes the number of quotes that contain the line
 * @param marker what stands before a line of a list
 * @param prefix the length of the marks before the content, such as {@code "## "} or {@code "  - [ ] "}
 * @param spans the styled parts of the content, in order and without gaps
 */
record MarkdownLine(String text, Block block, int depth, int quotes, Marker marker, int prefix, List<Span> spans) {
    /** The kind of a block. */
    enum Block {
        TEXT,
        HEADING_1,
        HEADING_2,
        HEADING_3,
        CODE,
        FENCE,
        RULE
    }

    /** The mark of a list item, or {@code CONTINUED} for another line of the item. */
    enum Marker {
        NONE,
        BULLET,
        NUMBER,
        OPEN_BOX,
        CHECKED_BOX,
        CONTINUED
    }

    /** The style of a part: a mark, which is hidden in most lines, or a text. */
    record Style(boolean mark, boolean strong, boolean emphasis, boolean code, boolean image) {}

    /**
     * A part of the content.
     *
     * @param from the start in the line
     * @param to the end in the line, exclusive
     * @param target the address of a link; {@code null} outside of links
     */
    record Span(int from, int to, Style style, @Nullable String target) {}

    boolean isHeading() {
        return switch (block) {
            case HEADING_1, HEADING_2, HEADING_3 -> true;
            case TEXT, CODE, FENCE, RULE -> false;
        };
    }

    boolean isTask() {
        return marker == Marker.OPEN_BOX || marker == Marker.CHECKED_BOX;
    }

    /** The position of the checkbox in a task. */
    int box() {
        return text.indexOf('[');
    }

    /** The address of the link at a position of the line; {@code null} if there is none. */
    @Nullable
    String targetAt(int at) {
        return spans.stream()
                .filter(span -> span.target() != null && span.from() <= at && at <= span.to())
                .map(Span::target)
                .findFirst()
                .orElse(null);
    }
}
