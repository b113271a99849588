package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
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
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Renders Markdown as JavaFX nodes. Shows HTML as text and loads images only from the attachments of the item, so
 * reading a note contacts no web server.
 */
final class MarkdownPreview extends VBox {
    private static final Parser PARSER =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

    private final Host host;
    private final PreviewImages images;

    /**
     * Supplies attachments, and handles clicks on checkboxes and links. The default methods ignore clicks, as for a
     * printed text.
     */
    interface Host {
        default void check(int at, boolean checked) {}

        default void follow(Node link, String target) {}

        Collection<Attachment> attachments();

        /** Passes the decoded image of an attachment to {@code here}, after a download if necessary. */
        void loadImage(Attachment attachment, Function<DecodableImage, Image> decode, Consumer<Image> here);

        /** Whether the text is rendered for print. */
        default boolean isPaper() {
            return false;
        }
    }

    MarkdownPreview(Host host) {
        this.host = host;
        images = new PreviewImages(host, widthProperty());
        setId("detail-preview");
        getStyleClass().add(Styles.PREVIEW);
    }

    static org.commonmark.node.Node parse(String markdown) {
        return PARSER.parse(markdown);
    }

    /** Shows one block of a text. */
    void show(org.commonmark.node.Node block, String markdown) {
        getChildren().clear();
        block.accept(new Blocks(this, markdown));
    }

    /** Shows a text. Keeps the focus on the same checkbox. */
    void show(String markdown) {
        List<Node> boxes = boxes();
        int focused =
                boxes.indexOf(boxes.stream().filter(Node::isFocused).findFirst().orElse(null));
        Blocks blocks = new Blocks(this, markdown);
        getChildren().clear();
        parse(markdown).accept(blocks);
        List<Node> now = boxes();
        if (focused >= 0 && focused < now.size()) {
            now.get(focused).requestFocus();
        }
    }

    private List<Node> boxes() {
        List<Node> found = new ArrayList<>();
        collect(this, found);
        return found;
    }

    private static void collect(Parent parent, List<Node> found) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child instanceof CheckBox) {
                found.add(child);
            } else if (child instanceof Parent inner) {
                collect(inner, found);
            }
        }
    }

    /** Renders Markdown blocks and appends their nodes to the pane {@code open}. */
    private final class Blocks extends AbstractVisitor {
        private Pane open;
        private int number;
        private boolean numbered;
        private final String markdown;
        private boolean afterBox;

        Blocks(Pane open, String markdown) {
            this.open = open;
            this.markdown = markdown;
        }

        private void within(Pane pane, org.commonmark.node.Node node) {
            Pane outer = open;
            open.getChildren().add(pane);
            open = pane;
            visitChildren(node);
            open = outer;
            turn(pane, pane);
        }

        /** Puts the list mark or quote bar on the side where the text starts. */
        private void turn(Pane whole, Pane content) {
            if (!content.getChildren().isEmpty()) {
                whole.setNodeOrientation(content.getChildren().getFirst().getNodeOrientation());
            }
        }

        private void flow(org.commonmark.node.Node block, String... styles) {
            TextFlow flow = Controls.styled(new TextFlow(), styles);
            MarkdownInlines inlines = new MarkdownInlines(host, images, afterBox);
            afterBox = false;
            block.accept(inlines);
            flow.getChildren().setAll(inlines.nodes());
            WritingDirection.apply(flow, inlines.words());
            open.getChildren().add(flow);
        }

        private VBox box(String... styles) {
            return Controls.styled(new VBox(), styles);
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
            int number = numbered ? this.number++ : 0;
            Node mark = boxOf(item);
            if (mark == null) {
                Label label = Controls.styled(new Label(numbered ? number + "." : "•"), "list-mark");
                mark = label;
            }
            VBox content = box("list-items");
            HBox.setHgrow(content, Priority.ALWAYS);
            HBox line = Controls.styled(new HBox(mark, content), "list-line");
            open.getChildren().add(line);
            Pane outer = open;
            open = content;
            visitChildren(item);
            open = outer;
            turn(line, content);
        }

        /** Returns a checkbox if the item is a task, otherwise {@code null}. */
        private @Nullable CheckBox boxOf(ListItem item) {
            if (!(item.getFirstChild() instanceof Paragraph paragraph)
                    || paragraph.getSourceSpans().isEmpty()) {
                return null;
            }
            SourceSpan first = paragraph.getSourceSpans().getFirst();
            int at = first.getInputIndex();
            if (!MarkdownEdit.isBox(markdown, at)) {
                return null;
            }
            afterBox = true;
            CheckBox box = Controls.styled(new CheckBox(), Styles.TICK, Styles.TASK);
            box.setSelected(markdown.charAt(at + 1) != ' ');
            box.setAccessibleText(
                    markdown.substring(at + 3, at + first.getLength()).strip());
            box.setOnAction(event -> host.check(at, box.isSelected()));
            return box;
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
            TextFlow flow = new TextFlow();
            for (Text text : RtlWrapWorkaround.texts(literal.stripTrailing())) {
                text.getStyleClass().addAll("text", "code");
                flow.getChildren().add(text);
            }
            flow.getStyleClass().add("code-block");
            open.getChildren().add(flow);
        }

        @Override
        public void visit(ThematicBreak rule) {
            Region line = Controls.styled(new Region(), "rule");
            open.getChildren().add(line);
        }
    }
}
