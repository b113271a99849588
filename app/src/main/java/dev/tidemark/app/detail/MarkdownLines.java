package dev.tidemark.app.detail;

import dev.tidemark.app.detail.MarkdownLine.Block;
import dev.tidemark.app.detail.MarkdownLine.Marker;
import dev.tidemark.app.detail.MarkdownLine.Span;
import dev.tidemark.app.detail.MarkdownLine.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Finds the styles of each line of a Markdown text. Keeps every character, because the lines are edited. */
final class MarkdownLines extends AbstractVisitor {
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();
    private static final byte STRONG = 1;
    private static final byte EMPHASIS = 2;
    private static final byte CODE = 4;
    private static final byte IMAGE = 8;
    private static final byte MARK = 16;
    private static final int BOX = "[ ] ".length();

    /** The most styled spans of a line; the rest is drawn as it is. JavaFX takes seconds to lay out thousands. */
    private static final int MAX_SPANS = 300;

    private static final Style PLAIN = new Style(false, false, false, false, false);

    private final String text;
    private final Line[] lines;

    /** The styles of each character. */
    private final byte[] styles;

    /** The links by their starts. */
    private final TreeMap<Integer, Target> targets = new TreeMap<>();

    private int listDepth = -1;
    private boolean inLink;

    private record Target(int end, String address) {}

    /** A line while its blocks are visited. */
    private static final class Line {
        private final int start;
        private final int end;
        private Block block = Block.TEXT;
        private Marker marker = Marker.NONE;
        private int depth;
        private int quotes;
        private int prefix;

        Line(int start, int end) {
            this.start = start;
            this.end = end;
        }
    }

    private MarkdownLines(String text) {
        this.text = text;
        styles = new byte[text.length()];
        List<Line> found = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            found.add(new Line(start, end));
            start = end + 1;
        }
        found.add(new Line(start, text.length()));
        lines = found.toArray(Line[]::new);
    }

    /** Returns the lines of a text; at least one. */
    static List<MarkdownLine> of(String text) {
        MarkdownLines styled = new MarkdownLines(text);
        PARSER.parse(text).accept(styled);
        return Arrays.stream(styled.lines).map(styled::finished).toList();
    }

    private MarkdownLine finished(Line line) {
        boolean isCode = line.block == Block.CODE || line.block == Block.FENCE;
        int prefix = line.prefix;
        if (!isCode && (line.marker == Marker.CONTINUED || line.quotes > 0)) {
            prefix = blanks(line.start + prefix, line.end) - line.start;
        }
        List<Span> spans = new ArrayList<>();
        int from = line.start + prefix;
        while (from < line.end && spans.size() < MAX_SPANS) {
            Map.Entry<Integer, Target> before = targets.floorEntry(from);
            Target target = before != null && before.getValue().end() > from ? before.getValue() : null;
            Integer next = targets.higherKey(from);
            int limit = Math.min(line.end, target != null ? target.end() : next != null ? next : line.end);
            int to = from + 1;
            while (to < limit && styles[to] == styles[from]) {
                to++;
            }
            String address = target == null ? null : target.address();
            spans.add(new Span(from - line.start, to - line.start, style(styles[from]), address));
            from = to;
        }
        if (from < line.end) {
            spans.add(new Span(from - line.start, line.end - line.start, PLAIN, null));
        }
        return new MarkdownLine(
                text.substring(line.start, line.end),
                line.block,
                line.depth,
                line.quotes,
                line.marker,
                prefix,
                List.copyOf(spans));
    }

    private static Style style(byte bits) {
        return new Style(
                (bits & MARK) != 0,
                (bits & STRONG) != 0,
                (bits & EMPHASIS) != 0,
                (bits & CODE) != 0,
                (bits & IMAGE) != 0);
    }

    private int blanks(int from, int end) {
        int at = from;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private void paint(int from, int to, byte style) {
        for (int at = Math.max(0, from); at < Math.min(to, styles.length); at++) {
            styles[at] |= style;
        }
    }

    private Line lineAt(int position) {
        int low = 0;
        int high = lines.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lines[middle].start <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return lines[low];
    }

    private static int start(SourceSpan span) {
        return span.getInputIndex();
    }

    private static int end(SourceSpan span) {
        return span.getInputIndex() + span.getLength();
    }

    private static int start(@Nullable Node node, int otherwise) {
        return node == null || node.getSourceSpans().isEmpty()
                ? otherwise
                : start(node.getSourceSpans().getFirst());
    }

    private static int end(@Nullable Node node, int otherwise) {
        return node == null || node.getSourceSpans().isEmpty()
                ? otherwise
                : end(node.getSourceSpans().getLast());
    }

    @Override
    public void visit(Heading heading) {
        List<SourceSpan> spans = heading.getSourceSpans();
        Block level = switch (heading.getLevel()) {
            case 1 -> Block.HEADING_1;
            case 2 -> Block.HEADING_2;
            default -> Block.HEADING_3;
        };
        spans.forEach(span -> lineAt(start(span)).block = level);
        SourceSpan last = spans.getLast();
        Line first = lineAt(start(spans.getFirst()));
        int mark = blanks(start(spans.getFirst()), first.end);
        if (mark < first.end && text.charAt(mark) == '#') {
            int content = start(heading.getFirstChild(), first.end);
            paint(mark, content, MARK);
            paint(end(heading.getLastChild(), first.end), first.end, MARK);
            first.prefix = content - first.start;
        } else {
            // The underline of a heading.
            lineAt(start(last)).block = Block.TEXT;
            paint(start(last), end(last), MARK);
        }
        visitChildren(heading);
    }

    @Override
    public void visit(BlockQuote quote) {
        for (SourceSpan span : quote.getSourceSpans()) {
            Line line = lineAt(start(span));
            line.quotes++;
            int at = blanks(Math.max(start(span), line.start + line.prefix), line.end);
            if (at < line.end && text.charAt(at) == '>') {
                int content = at + 1 < line.end && text.charAt(at + 1) == ' ' ? at + 2 : at + 1;
                paint(at, content, MARK);
                line.prefix = content - line.start;
            }
        }
        visitChildren(quote);
    }

    @Override
    public void visit(ListItem item) {
        listDepth++;
        for (SourceSpan span : item.getSourceSpans()) {
            Line line = lineAt(start(span));
            line.depth = listDepth;
            line.marker = Marker.CONTINUED;
        }
        if (!item.getSourceSpans().isEmpty()) {
            mark(item, lineAt(start(item.getSourceSpans().getFirst())));
        }
        visitChildren(item);
        listDepth--;
    }

    private void mark(ListItem item, Line line) {
        int at = blanks(start(item.getSourceSpans().getFirst()), line.end);
        int end = at;
        while (end < line.end && Character.isDigit(text.charAt(end))) {
            end++;
        }
        line.marker = end > at ? Marker.NUMBER : Marker.BULLET;
        end = Math.min(line.end, end + 1);
        int content = blanks(end, line.end);
        if (content == line.end || item.getFirstChild() instanceof IndentedCodeBlock) {
            content = Math.min(line.end, end + 1);
        } else if (item.getFirstChild() instanceof Paragraph && MarkdownEdit.isBox(text, content)) {
            line.marker = text.charAt(content + 1) == ' ' ? Marker.OPEN_BOX : Marker.CHECKED_BOX;
            content = Math.min(line.end, content + BOX);
        }
        paint(at, content, MARK);
        line.prefix = content - line.start;
    }

    @Override
    public void visit(FencedCodeBlock code) {
        code(code);
        List<SourceSpan> spans = code.getSourceSpans();
        fence(spans.getFirst());
        if (code.getClosingFenceLength() != null && spans.size() > 1) {
            fence(spans.getLast());
        }
    }

    private void fence(SourceSpan span) {
        lineAt(start(span)).block = Block.FENCE;
        paint(start(span), end(span), MARK);
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        code(code);
    }

    @Override
    public void visit(HtmlBlock html) {
        code(html);
    }

    private void code(Node block) {
        block.getSourceSpans().forEach(span -> lineAt(start(span)).block = Block.CODE);
        // A blank line of the code has no span.
        Line last = lineAt(end(block, 0));
        for (Line line = lineAt(start(block, 0)); line != last; line = lineAt(line.end + 1)) {
            line.block = Block.CODE;
        }
    }

    @Override
    public void visit(ThematicBreak rule) {
        for (SourceSpan span : rule.getSourceSpans()) {
            lineAt(start(span)).block = Block.RULE;
            paint(start(span), end(span), MARK);
        }
    }

    @Override
    public void visit(StrongEmphasis strong) {
        wrapped(strong, STRONG);
    }

    @Override
    public void visit(Emphasis emphasis) {
        wrapped(emphasis, EMPHASIS);
    }

    /** Styles a node, and the characters around its children as marks. */
    private void wrapped(Node node, byte style) {
        int start = start(node, 0);
        int end = end(node, 0);
        node.getSourceSpans().forEach(span -> paint(start(span), end(span), style));
        paint(start, start(node.getFirstChild(), start), MARK);
        paint(end(node.getLastChild(), end), end, MARK);
        visitChildren(node);
    }

    @Override
    public void visit(Link link) {
        int start = start(link, 0);
        int end = end(link, 0);
        targets.put(start, new Target(end, link.getDestination()));
        wrapped(link, (byte) 0);
        if (end > start && text.charAt(start) == '<') {
            paint(start, start + 1, MARK);
            paint(end - 1, end, MARK);
        }
    }

    @Override
    protected void visitChildren(Node parent) {
        boolean outer = inLink;
        inLink = outer || parent instanceof Link;
        super.visitChildren(parent);
        inLink = outer;
    }

    @Override
    public void visit(Image image) {
        image.getSourceSpans().forEach(span -> paint(start(span), end(span), IMAGE));
    }

    @Override
    public void visit(Code code) {
        code.getSourceSpans().forEach(span -> paint(start(span), end(span), CODE));
        int start = start(code, 0);
        int end = end(code, 0);
        int ticks = 0;
        while (start + ticks < end && text.charAt(start + ticks) == '`') {
            ticks++;
        }
        paint(start, start + ticks, MARK);
        paint(end - ticks, end, MARK);
    }

    @Override
    public void visit(Text words) {
        if (inLink) {
            return;
        }
        for (SourceSpan span : words.getSourceSpans()) {
            Matcher address = LinkTarget.BARE.matcher(text).region(start(span), end(span));
            while (address.find()) {
                targets.put(address.start(), new Target(address.end(), address.group()));
            }
        }
    }
}
