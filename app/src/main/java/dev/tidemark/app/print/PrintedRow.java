package dev.tidemark.app.print;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.print.Pages.Block;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** Creates the blocks of a printed list. Each row has a checkbox, the title, the tags and the date. */
final class PrintedRow {
    private static final double GAP = 8;
    private static final double SPACE = 6;
    private static final double BOX = 10;

    private PrintedRow() {}

    /**
     * Creates the blocks of a list: its name, its rows and the number of rows that are not printed.
     *
     * @param more the number of rows that are not printed
     */
    static List<Block> list(String name, List<ItemRow> rows, int more) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(() -> textFlow(name, Styles.PAPER_TITLE), 0, true));
        double first = SPACE * 2;
        for (ItemRow row : rows) {
            blocks.add(Block.of(blocks.size() == 1 ? first : SPACE, () -> row(row)));
        }
        if (rows.isEmpty()) {
            blocks.add(Block.of(first, () -> textFlow(Messages.text(Keys.PRINT_EMPTY), Styles.PAPER_META)));
        }
        if (more > 0) {
            blocks.add(Block.of(first, () -> textFlow(Messages.text(Keys.PRINT_MORE, more), Styles.PAPER_META)));
        }
        return blocks;
    }

    private static Region row(ItemRow row) {
        StackPane mark = new StackPane();
        mark.setMinSize(BOX, BOX);
        mark.setMaxSize(BOX, BOX);
        if (row.kind() == Kind.TODO) {
            mark.getStyleClass().add(Styles.PAPER_BOX);
            if (row.done()) {
                Region hook = Controls.styled(new Region(), Styles.PAPER_TICKED);
                mark.getChildren().add(hook);
            }
        } else {
            mark.getChildren().add(new Label("–"));
        }
        HBox.setMargin(mark, new Insets(2, 0, 0, 0));
        String title = row.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : row.title();
        TextFlow flow = textFlow(title, Styles.PAPER_ROW);
        for (String tag : row.tags()) {
            Text text = Controls.styled(new Text("  #" + tag), Styles.PAPER_TAG);
            flow.getChildren().add(text);
        }
        flow.setMinWidth(0);
        HBox.setHgrow(flow, Priority.ALWAYS);
        HBox line = new HBox(GAP, mark, flow);
        Due due = row.due();
        if (due != null) {
            Label date = Controls.styled(new Label(format(due)), Styles.PAPER_META);
            date.setMinWidth(Region.USE_PREF_SIZE);
            line.getChildren().add(date);
        }
        return line;
    }

    /** Formats an absolute date, because "tomorrow" would be wrong when the user reads the page on a later day. */
    static String format(Due due) {
        Locale locale = Locale.getDefault(Locale.Category.FORMAT);
        return due.time() == null
                ? DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(due.date())
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(due.date().atTime(due.time()));
    }

    /** Creates a text that wraps. */
    static TextFlow textFlow(String text, String style) {
        TextFlow flow = Controls.styled(new TextFlow(), style);
        flow.getChildren().setAll(RtlWrapWorkaround.texts(text));
        flow.getChildren().forEach(node -> node.getStyleClass().add("text"));
        WritingDirection.apply(flow, text);
        return flow;
    }
}
