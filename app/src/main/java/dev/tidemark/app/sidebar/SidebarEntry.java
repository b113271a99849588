package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.SelectionSnapshot;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Shows one line of the sidebar: icon or dot, name and count. In a folded sidebar, a letter replaces the dot. */
public final class SidebarEntry extends ToggleButton {
    private final Label name = Controls.styled(new Label(), Styles.ENTRY_NAME);
    private final Label count = Controls.styled(new Label(), Styles.ENTRY_COUNT);
    private final HBox line;
    private final StackPane leading = Controls.styled(new StackPane(), Styles.LEAD);
    private Node mark;
    private ItemSource view;
    private String whole = "";
    private boolean folded;

    SidebarEntry(String id, ItemSource view, Node mark, String text) {
        this.view = view;
        this.mark = mark;
        setId(id);
        getStyleClass().add(Styles.SIDEBAR_ENTRY);
        setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(Controls.fillWidth(name), Priority.ALWAYS);
        count.setMinWidth(Region.USE_PREF_SIZE);
        line = new HBox(10, leading, name, count);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMouseTransparent(true);
        line.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> getWidth() - getInsets().getLeft() - getInsets().getRight(),
                        widthProperty(),
                        insetsProperty()));
        setGraphic(line);
        show(mark, text, 0);
    }

    void show(Node wanted, String text, int number) {
        mark = wanted;
        name.setText(SingleLineText.of(text));
        WritingDirection.apply(name, text);
        whole = text;
        showMark();
        showCount(number);
        showTooltip();
    }

    /** Shows the mark, or the first letter of the name instead of a dot in a folded sidebar. */
    private void showMark() {
        String text = name.getText();
        if (!folded || text.isBlank() || !(mark instanceof ColorDot dot)) {
            leading.getChildren().setAll(mark);
            return;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance();
        characters.setText(text);
        Label letter = new Label(text.substring(0, characters.next()).toUpperCase(Locale.getDefault()));
        letter.getStyleClass().addAll(Styles.LIST_LETTER, Styles.COLORED);
        if (dot.color() != null) {
            letter.getStyleClass().add(dot.color());
        }
        leading.getChildren().setAll(letter);
    }

    /** Adds a tooltip with the name in a folded sidebar, which shows only the icon. Otherwise removes the tooltip. */
    private void showTooltip() {
        setTooltip(folded ? Controls.tooltip(name.getText()) : null);
    }

    /**
     * Sets the count. The line shows only a positive count. Screen readers read zero, too, but not a negative count.
     */
    void showCount(int number) {
        count.setText(number <= 0 ? "" : Integer.toString(number));
        setAccessibleText(
                number < 0 ? name.getText() : Messages.text(Keys.SIDEBAR_ENTRY_ACCESSIBLE, name.getText(), number));
    }

    void markAttention() {
        count.getStyleClass().add(Styles.ATTENTION);
    }

    /** Shows only the icon, or everything again. */
    void fold(boolean wanted) {
        folded = wanted;
        showMark();
        Controls.show(name, !wanted);
        Controls.show(count, !wanted);
        showTooltip();
    }

    /**
     * Replaces the name by a text field.
     *
     * @param done receives the new name when the user presses Enter or leaves the field. If the user presses Escape,
     *     the old name stays
     */
    void rename(Consumer<String> done) {
        if (folded) {
            return;
        }
        TextField field = Controls.styled(new TextField(whole), Styles.FIELD, Styles.RENAME);
        field.setId("rename");
        Controls.name(field, Messages.text(Keys.SIDEBAR_RENAME_FIELD, name.getText()));
        HBox.setHgrow(field, Priority.ALWAYS);
        line.setMouseTransparent(false);
        line.getChildren().setAll(leading, field);
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // Consumes both keys, because Enter would also open the view of the line.
            if (event.getCode() == KeyCode.ENTER) {
                endRename(field, done);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                endRename(field, text -> {});
                event.consume();
            }
        });
        field.focusedProperty().subscribe((before, focused) -> {
            if (before && !focused) {
                endRename(field, done);
            }
        });
        field.requestFocus();
        field.selectAll();
    }

    private void endRename(TextField field, Consumer<String> done) {
        if (!line.getChildren().contains(field)) {
            return;
        }
        boolean hadFocus = field.isFocused();
        line.getChildren().setAll(leading, name, count);
        line.setMouseTransparent(true);
        if (hadFocus) {
            requestFocus();
        }
        done.accept(field.getText());
    }

    /** Accepts items that the user drops on the line. */
    void acceptDrops(DragGesture dragging, BiConsumer<SelectionSnapshot, ItemSource> drop) {
        addEventHandler(
                MouseDragEvent.MOUSE_DRAG_ENTERED,
                event -> Controls.toggleStyle(
                        this, Styles.DROP_INTO, !dragging.items().isEmpty()));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> Controls.toggleStyle(this, Styles.DROP_INTO, false));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> {
            Controls.toggleStyle(this, Styles.DROP_INTO, false);
            if (!dragging.items().isEmpty()) {
                drop.accept(dragging.items(), view);
            }
        });
    }

    public ItemSource view() {
        return view;
    }

    String name() {
        return whole;
    }

    void setView(ItemSource other) {
        view = other;
    }

    /** Keeps a selected line selected when the user presses it. */
    @Override
    public void fire() {
        if (!isSelected()) {
            super.fire();
        }
    }
}
