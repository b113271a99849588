package dev.tidemark.app.list;

import dev.tidemark.app.format.TextSnippet;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.HighlightedLabel;
import dev.tidemark.app.fx.SearchHighlights;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Kind;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.FadeTransition;
import javafx.animation.Interpolator;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.collections.WeakSetChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows an item as a row of the list: the circle that completes the item, title, chips, and buttons under the pointer.
 */
public final class ItemCell extends ListCell<ItemRow> {
    private static final Duration GLOW = Duration.seconds(1);

    private final ItemListViewModel model;
    private final Region highlight = Controls.styled(new Region(), Styles.GLOW);
    private final CheckBox tick = Controls.styled(new CheckBox(), Styles.TICK);
    private final Node noteMark = Controls.styled(Controls.icon(Icons.NOTES), Styles.NOTE_MARK);
    private final StackPane leading = Controls.styled(new StackPane(), Styles.LEAD);
    private final HighlightedLabel titleLine = new HighlightedLabel();
    private final Label title = Controls.styled(titleLine.label(), Styles.ITEM_TITLE);
    private final HighlightedLabel excerpt = new HighlightedLabel();
    private final TitleLine firstLine = new TitleLine(titleLine);
    private final Label groupName = Controls.styled(new Label(), Styles.GROUP_NAME);
    private final Label groupDate = Controls.styled(new Label(), Styles.GROUP_DATE);
    private final HBox group = Controls.styled(new HBox(groupName, groupDate), Styles.GROUP_HEADING);
    private final Function<@Nullable UUID, @Nullable String> colors;
    private final DragGesture dragging;
    private final ItemChips chips;
    private final HBox actions = Controls.styled(new HBox(), Styles.ROW_ACTIONS);

    private final HBox line;
    private final StackPane root = new StackPane();
    private final VBox whole = new VBox();
    /**
     * Only the cell has a strong reference to this listener, so that the garbage collector can free discarded cells.
     */
    private final SetChangeListener<UUID> highlightChanged = this::highlightChanged;

    private @Nullable FadeTransition fade;

    /** The data that the cell shows; {@code null} if the cell is empty. */
    private @Nullable Filled filled;

    /** Everything that determines the appearance of a row, except its position. */
    private record Filled(
            ItemRow row,
            List<String> words,
            boolean conflict,
            boolean oneList,
            @Nullable String color,
            boolean late,
            boolean dayInHeading,
            LocalDate today) {}

    private final SetChangeListener<UUID> leavingChanged = change -> showLeaving();
    private final ObservableSet<UUID> leaving;
    private @Nullable FadeTransition leave;

    ItemCell(
            ItemListViewModel model,
            Function<@Nullable UUID, @Nullable String> colors,
            DragGesture dragging,
            Consumer<UUID> openConflict) {
        this.colors = colors;
        this.dragging = dragging;
        this.model = model;
        chips = new ItemChips(model, colors, openConflict);
        getStyleClass().add(Styles.ITEM_CELL);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefWidth(0);
        line = createRow();
        hoverProperty().subscribe(this::showActions);
        addEventFilter(MouseEvent.MOUSE_PRESSED, event -> model.press(getItem()));
        acceptRowDrops();
        model.highlighted().addListener(new WeakSetChangeListener<>(highlightChanged));
        leaving = model.fading();
        leaving.addListener(new WeakSetChangeListener<>(leavingChanged));
    }

    /** Fades the row if it is leaving the list. A fading row ignores the mouse. */
    private void showLeaving() {
        ItemRow row = getItem();
        boolean leaves = row != null && !isEmpty() && leaving.contains(row.id());
        if (leaves && leave == null) {
            leave = fade(Duration.millis((double) FadingRows.FADE.toMillis()), this, Interpolator.EASE_OUT);
        } else if (!leaves && leave != null) {
            leave.stop();
            leave = null;
            setOpacity(1);
        }
        setMouseTransparent(leaves);
    }

    private void highlightChanged(SetChangeListener.Change<? extends UUID> change) {
        ItemRow row = getItem();
        if (row != null && change.wasAdded() && row.id().equals(change.getElementAdded())) {
            highlight();
        } else if (row != null && change.wasRemoved() && row.id().equals(change.getElementRemoved())) {
            stopHighlight();
        }
    }

    private HBox createRow() {
        tick.setFocusTraversable(false);
        tick.setOnAction(event -> withRow(row -> model.commands().complete(row, tick.isSelected())));
        tick.setAccessibleText(Messages.text(Keys.LIST_ROW_TICK));
        excerpt.label().getStyleClass().add(Styles.ITEM_EXCERPT);
        VBox texts = new VBox(firstLine, excerpt);
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox created = new ItemLine(leading, texts, chips, actions);
        highlight.setOpacity(0);
        highlight.setMouseTransparent(true);
        root.getChildren().setAll(highlight, created);
        whole.getChildren().setAll(group, root);
        return created;
    }

    private void acceptRowDrops() {
        addEventHandler(MouseDragEvent.MOUSE_DRAG_OVER, this::showPlace);
        // JavaFX sends no drag-over event if scrolling moves rows under a resting pointer.
        addEventHandler(MouseDragEvent.MOUSE_DRAG_ENTERED, this::showPlace);
        addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> DragGesture.mark(this, false, event));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> {
            DragGesture.mark(this, false, event);
            SelectionSnapshot items = dragging.items();
            withRow(row -> {
                if (!items.isEmpty() && !items.has(row.id())) {
                    model.moves().moveBeside(items.ids(), row.id(), DragGesture.isLower(this, event));
                }
            });
        });
    }

    private void showPlace(MouseDragEvent event) {
        ItemRow row = getItem();
        boolean wanted = row != null
                && model.moves().canReorder()
                && !dragging.items().isEmpty()
                && !dragging.items().has(row.id());
        DragGesture.mark(this, wanted, event);
    }

    private void withRow(Consumer<ItemRow> action) {
        ItemRow row = getItem();
        if (row != null) {
            action.accept(row);
        }
    }

    @Override
    protected void updateItem(@Nullable ItemRow row, boolean empty) {
        ItemRow before = getItem();
        super.updateItem(row, empty);
        if (before == null || row == null || !before.id().equals(row.id())) {
            stopHighlight();
        }
        showLeaving();
        if (empty || row == null) {
            filled = null;
            // Hides the nodes instead of removing them, because JavaFX applies the styles again to each added node.
            whole.setVisible(false);
            setAccessibleText(null);
            return;
        }
        whole.setVisible(true);
        showGroup();
        // Updates the tick even if the row did not change, because the write of the last tick may have failed.
        showLeading(row);
        Filled wanted = wanted(row);
        // A row that only moved keeps its nodes, because filling them again is expensive.
        if (!wanted.equals(filled)) {
            fill(row);
            filled = wanted;
        }
        if (fade == null && model.highlighted().contains(row.id())) {
            highlight();
        }
    }

    private Filled wanted(ItemRow row) {
        Due due = row.due();
        return new Filled(
                row,
                model.searchedWords(),
                model.hasConflict(row.id()),
                model.showsOneList(),
                colors.apply(row.listId()),
                due != null && due.isBefore(model.now()),
                model.isDayInHeading(row),
                model.now().toLocalDate());
    }

    private void fill(ItemRow row) {
        boolean untitled = row.title().isBlank();
        List<String> words = model.searchedWords();
        titleLine.show(
                untitled ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(row.title()),
                untitled ? List.of() : words);
        showExcerpt(row, words);
        Controls.toggleStyle(title, Styles.UNTITLED, untitled);
        Controls.toggleStyle(this, Styles.DONE, row.done());
        chips.show(row);
        showActions(isHover());
        setAccessibleText(RowAccessibleText.of(
                row, title.getText(), model.hasConflict(row.id()), !model.showsOneList(), model.now()));
        setGraphic(whole);
    }

    /** Shows the beginning of the body beside the title, or a second line if a search matched the body. */
    private void showExcerpt(ItemRow row, List<String> words) {
        String text = TextSnippet.of(row.excerpt());
        boolean found = !words.isEmpty() && !SearchHighlights.of(text, words).isEmpty();
        excerpt.show(found ? text : "", words);
        firstLine.show(found ? "" : text);
        Controls.show(excerpt, found);
        Controls.toggleStyle(this, Styles.TWO_LINES, found);
    }

    private void showGroup() {
        DayGroup groupStart = model.groupFrom(getIndex());
        LocalDate today = model.now().toLocalDate();
        groupName.setText(groupStart == null ? "" : groupStart.heading(today));
        groupDate.setText(groupStart == null ? "" : groupStart.date(today));
        Controls.show(group, groupStart != null);
        Controls.toggleStyle(group, Styles.OVERDUE, groupStart != null && groupStart.kind() == DayGroup.Kind.OVERDUE);
        Controls.toggleStyle(this, Styles.GROUPED, groupStart != null);
    }

    private void showLeading(ItemRow row) {
        if (row.kind() == Kind.NOTE) {
            Controls.fill(leading.getChildren(), List.of(noteMark));
        } else {
            tick.setSelected(row.done());
            tick.setDisable(row.trashed());
            Controls.fill(leading.getChildren(), List.of(tick));
        }
    }

    private void showActions(boolean hover) {
        ItemRow row = getItem();
        boolean wanted = hover && row != null;
        actions.setVisible(wanted);
        if (wanted) {
            actions.getChildren()
                    .setAll(
                            row.trashed()
                                    ? action("row-restore", Icons.RESTORE, Keys.LIST_ROW_RESTORE, ItemCommands::restore)
                                    : action("row-trash", Icons.TRASH, Keys.LIST_ROW_TRASH, ItemCommands::trash));
            // Requests a layout, because a change of the unmanaged actions alone does not cause one.
            line.requestLayout();
        }
    }

    private Button action(String id, String icon, String key, BiConsumer<ItemCommands, UUID> action) {
        Runnable run = () -> withRow(row -> action.accept(model.commands(), row.id()));
        Button button = Controls.styled(Controls.iconButton(id, icon, Messages.text(key), run), Styles.SMALL);
        button.setFocusTraversable(false);
        return button;
    }

    private void highlight() {
        stopHighlight();
        withRow(row -> chips.showOrigin(model.originOf(row.id())));
        if (UiScale.isMotionReduced()) {
            // The highlight appears for a second without fading.
            highlight.setOpacity(1);
            return;
        }
        fade = fade(GLOW, highlight, Interpolator.EASE_IN);
    }

    private static FadeTransition fade(Duration time, Node node, Interpolator curve) {
        FadeTransition fade = new FadeTransition(time, node);
        fade.setFromValue(1);
        fade.setToValue(0);
        fade.setInterpolator(curve);
        fade.play();
        return fade;
    }

    private void stopHighlight() {
        if (fade != null) {
            fade.stop();
            fade = null;
        }
        highlight.setOpacity(0);
        chips.showOrigin(null);
    }
}
