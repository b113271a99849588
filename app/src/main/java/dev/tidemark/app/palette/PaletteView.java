package dev.tidemark.app.palette;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.HighlightedLabel;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the command palette: a field, and below it the matching commands, views and items. */
public final class PaletteView extends VBox {
    private static final int MAX_ROWS = 10;

    /** The heights of a row and a heading in pixels, as in the style sheet. */
    private static final double ROW = 36;

    private static final double HEADING = 28;

    /** The maximum width of the keys in pixels, so that the name has enough room. */
    private static final double MAX_HINT_WIDTH = 180;

    private final PaletteViewModel model;
    private final Runnable close;
    private final TextField field = new TextField();
    private final ListView<PaletteEntry> list;

    public PaletteView(PaletteViewModel model, Runnable close) {
        this.model = model;
        this.close = close;
        setId("palette");
        getStyleClass().addAll(Styles.OVERLAY_CARD, Styles.PALETTE);
        list = new ListView<>(model.entries());
        list.setId("palette-list");
        list.setAccessibleText(Messages.text(Keys.PALETTE_FOUND));
        list.setFocusTraversable(false);
        list.setCellFactory(view -> new EntryCell());
        list.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(() -> wholeRows() + 2, model.entries(), field.fontProperty()));
        list.setMinHeight(0);
        Controls.field(field, "palette-field", Messages.text(Keys.PALETTE_PROMPT), Styles.FIELD);
        field.textProperty().bindBidirectional(model.typedProperty());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        model.chosenProperty().subscribe(chosen -> choose(chosen.intValue()));
        model.entries().addListener((ListChangeListener<PaletteEntry>)
                change -> choose(model.chosenProperty().get()));
        getChildren().setAll(field, list);
    }

    public TextField field() {
        return field;
    }

    private boolean startsGroup(int index) {
        return index == 0
                || model.entries().get(index).group()
                        != model.entries().get(index - 1).group();
    }

    /** Returns the height of those first entries that fit whole. */
    private double wholeRows() {
        return IntStream.range(0, model.entries().size())
                .mapToDouble(this::height)
                .reduce(0, (sum, next) -> sum + next <= MAX_ROWS * UiScale.scaled(ROW) ? sum + next : sum);
    }

    private double height(int index) {
        return UiScale.scaled(startsGroup(index) ? ROW + HEADING : ROW);
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN) {
            model.move(1);
        } else if (event.getCode() == KeyCode.UP) {
            model.move(-1);
        } else if (event.getCode() == KeyCode.ENTER) {
            run();
        } else {
            return;
        }
        event.consume();
    }

    /** Closes the palette before it runs the command, so that the command can move the focus. */
    private void run() {
        if (!model.entries().isEmpty()) {
            close.run();
            model.run();
        }
    }

    private void choose(int index) {
        if (index < 0 || index >= model.entries().size()) {
            list.getSelectionModel().clearSelection();
        } else {
            list.getSelectionModel().clearAndSelect(index);
            list.scrollTo(Math.max(0, index - MAX_ROWS + 1));
            field.setAccessibleHelp(model.entries().get(index).text());
        }
    }

    private final class EntryCell extends ListCell<PaletteEntry> {
        private final HighlightedLabel name = new HighlightedLabel();
        private final Label text = Controls.styled(name.label(), Styles.ENTRY_NAME);
        private final Label hint = new Label() {
            // Has a minimum width, so that the layout of a narrow row cuts the name and not the keys.
            @Override
            protected double computeMinWidth(double height) {
                return Math.min(MAX_HINT_WIDTH, computePrefWidth(height));
            }
        };
        private final HBox row = Controls.styled(new HBox(), Styles.PALETTE_ROW);
        private final Label heading = Controls.styled(new Label(), Styles.PALETTE_HEADING);
        private final VBox whole = new VBox(heading, row);

        EntryCell() {
            hint.getStyleClass().add(Styles.CAPTION);
            hint.setMaxWidth(MAX_HINT_WIDTH);
            // Makes the cell as wide as the list, so that long titles are cut and the list does not scroll sideways.
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                if (!isEmpty()) {
                    model.chosenProperty().set(getIndex());
                    run();
                }
            });
        }

        private static Node sign(PaletteEntry entry) {
            return entry.color() == null
                    ? Controls.icon(entry.icon())
                    : new StackPane(Controls.spacer(), new ColorDot(entry.color()));
        }

        @Override
        protected void updateItem(@Nullable PaletteEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            name.show(SingleLineText.of(entry.text()), model.words());
            hint.setText(SingleLineText.abbreviate(entry.hint()));
            row.getChildren().setAll(sign(entry), name, Controls.spacer(), hint);
            boolean isStart = startsGroup(getIndex());
            heading.setText(isStart ? Messages.text(entry.group().key()) : "");
            Controls.show(heading, isStart);
            // The list's estimate of heights that it has not measured would shift the rows.
            double height = height(getIndex());
            setMinHeight(height);
            setPrefHeight(height);
            setMaxHeight(height);
            setGraphic(whole);
            setAccessibleText(entry.hint().isEmpty() ? text.getText() : text.getText() + ", " + hint.getText());
        }
    }
}
