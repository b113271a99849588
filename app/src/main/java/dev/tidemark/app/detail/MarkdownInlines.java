package dev.tidemark.app.detail;

import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.jspecify.annotations.Nullable;

/** Renders the inline content of a Markdown block as texts, links and images. */
final class MarkdownInlines extends AbstractVisitor {
    private static final int BOX = "[ ] ".length();

    private final MarkdownPreview.Host host;
    private final PreviewImages images;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();
    private boolean afterBox;
    private @Nullable String target;

    /** @param afterBox whether the block begins with a checkbox that is already shown as a control */
    MarkdownInlines(MarkdownPreview.Host host, PreviewImages images, boolean afterBox) {
        this.host = host;
        this.images = images;
        this.afterBox = afterBox;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The text of all nodes, joined. */
    String words() {
        return nodes.stream()
                .map(node -> node instanceof Text text ? text.getText() : "")
                .collect(Collectors.joining());
    }

    private void add(String literal) {
        for (Text text : RtlWrapWorkaround.texts(literal)) {
            text.getStyleClass().add("text");
            text.getStyleClass().addAll(styles);
            if (target != null) {
                link(text, target);
            }
            nodes.add(text);
        }
    }

    /** Makes the text a link. A Text node, unlike a control, wraps with the text around it. */
    private void link(Text text, String target) {
        text.setFocusTraversable(true);
        text.setAccessibleRole(AccessibleRole.HYPERLINK);
        text.setAccessibleText(Messages.text(Keys.LINK_ACCESSIBLE, text.getText(), target));
        Tooltip.install(text, new Tooltip(target));
        text.setOnMouseClicked(event -> host.follow(text, target));
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                host.follow(text, target);
                event.consume();
            }
        });
    }

    private void styled(String style, org.commonmark.node.Node node) {
        styles.add(style);
        visitChildren(node);
        styles.remove(style);
    }

    @Override
    public void visit(org.commonmark.node.Text text) {
        String literal = text.getLiteral();
        if (afterBox) {
            afterBox = false;
            literal = literal.substring(Math.min(BOX, literal.length()));
        }
        if (target != null) {
            add(literal);
        } else {
            addWithAddresses(literal);
        }
    }

    /** Adds a text, and turns plain web addresses in it into links. */
    private void addWithAddresses(String literal) {
        Matcher address = LinkTarget.BARE.matcher(literal);
        int from = 0;
        while (address.find()) {
            if (address.start() > from) {
                add(literal.substring(from, address.start()));
            }
            inLink(address.group(), () -> add(address.group()));
            from = address.end();
        }
        if (from < literal.length()) {
            add(literal.substring(from));
        }
    }

    private void inLink(String address, Runnable words) {
        target = address;
        styles.add("link");
        words.run();
        styles.remove("link");
        target = null;
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
        inLink(link.getDestination(), () -> visitChildren(link));
    }

    @Override
    public void visit(Image image) {
        StringBuilder words = new StringBuilder();
        image.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Image inner) {
                visitChildren(inner);
            }
        });
        String name = words.isEmpty() ? image.getDestination() : words.toString();
        Node shown = images.of(image.getDestination(), name);
        if (shown != null) {
            nodes.add(shown);
        } else if (LinkTarget.openable(image.getDestination()).isPresent()) {
            inLink(image.getDestination(), () -> add(Messages.text(Keys.DETAIL_PREVIEW_REMOTE, name)));
        } else {
            add(Messages.text(Keys.DETAIL_PREVIEW_IMAGE, name));
        }
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
