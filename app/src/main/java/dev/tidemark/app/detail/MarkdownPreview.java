package dev.tidemark.app.detail;

import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** Markdown as text: no HTML is interpreted and nothing is fetched, so reading a note tells nobody. */
final class MarkdownPreview extends VBox {
    private static final Parser PARSER = Parser.builder().build();

    MarkdownPreview() {
        setId("detail-preview");
        getStyleClass().add(Styles.PREVIEW);
    }

    void show(String markdown) {
        Blocks blocks = new Blocks(this);
        getChildren().clear();
        PARSER.parse(markdown).accept(blocks);
    }

    /** Puts each block into the pane that is open. */
    private static final class Blocks extends AbstractVisitor {
        private Pane open;
        private int number;
        private boolean numbered;

        Blocks(Pane open) {
            this.open = open;
        }

        private void within(Pane pane, org.commonmark.node.Node node) {
            Pane outer = open;
            open.getChildren().add(pane);
            open = pane;
            visitChildren(node);
            open = outer;
        }

        private void flow(org.commonmark.node.Node block, String... styles) {
            TextFlow flow = new TextFlow();
            flow.getStyleClass().addAll(styles);
            Inlines inlines = new Inlines();
            block.accept(inlines);
            flow.getChildren().setAll(inlines.texts);
            open.getChildren().add(flow);
        }

        private static VBox box(String... styles) {
            VBox box = new VBox();
            box.getStyleClass().addAll(styles);
            return box;
        }

        @Override
        public void visit(Heading heading) {
            flow(heading, "heading-" + Math.min(3, heading.getLevel()));
        }

        @Override
        public void visit(Paragraph paragraph) {
            flow(paragraph, "paragraph");
        }

        @Override
        public void visit(BlockQuote quote) {
            within(box("quote", Styles.PREVIEW), quote);
        }

        @Override
        public void visit(BulletList list) {
            boolean outer = numbered;
            numbered = false;
            within(box("list-items"), list);
            numbered = outer;
        }

        @Override
        public void visit(OrderedList list) {
            boolean outer = numbered;
            int outerNumber = number;
            numbered = true;
            number = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
            within(box("list-items"), list);
            numbered = outer;
            number = outerNumber;
        }

        @Override
        public void visit(ListItem item) {
            Label marker = new Label(numbered ? number++ + "." : "•");
            marker.setMinWidth(16);
            VBox content = box("list-items");
            HBox.setHgrow(content, Priority.ALWAYS);
            open.getChildren().add(new HBox(4, marker, content));
            Pane outer = open;
            open = content;
            visitChildren(item);
            open = outer;
        }

        @Override
        public void visit(FencedCodeBlock code) {
            code(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            code(code.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            code(html.getLiteral());
        }

        private void code(String literal) {
            Text text = new Text(literal.stripTrailing());
            text.getStyleClass().addAll("text", "code");
            TextFlow flow = new TextFlow(text);
            flow.getStyleClass().add("code-block");
            open.getChildren().add(flow);
        }

        @Override
        public void visit(ThematicBreak rule) {
            Region line = new Region();
            line.getStyleClass().add("rule");
            open.getChildren().add(line);
        }
    }

    /** Turns what stands within a block into texts. */
    private static final class Inlines extends AbstractVisitor {
        private final List<Node> texts = new ArrayList<>();
        private final List<String> styles = new ArrayList<>();

        private void add(String literal) {
            Text text = new Text(literal);
            text.getStyleClass().add("text");
            text.getStyleClass().addAll(styles);
            texts.add(text);
        }

        private void styled(String style, org.commonmark.node.Node node) {
            styles.add(style);
            visitChildren(node);
            styles.remove(style);
        }

        @Override
        public void visit(org.commonmark.node.Text text) {
            add(text.getLiteral());
        }

        @Override
        public void visit(StrongEmphasis strong) {
            styled("strong", strong);
        }

        @Override
        public void visit(Emphasis emphasis) {
            styled("emphasis", emphasis);
        }

        @Override
        public void visit(Link link) {
            styled("link", link);
        }

        @Override
        public void visit(Code code) {
            styles.add("code");
            add(code.getLiteral());
            styles.remove("code");
        }

        @Override
        public void visit(HtmlInline html) {
            add(html.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak line) {
            add("\n");
        }

        @Override
        public void visit(HardLineBreak line) {
            add("\n");
        }
    }
}
