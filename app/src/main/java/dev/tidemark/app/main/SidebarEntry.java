package dev.tidemark.app.main;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** One line of the sidebar: icon or dot, name, count. */
final class SidebarEntry extends ToggleButton {
    private final Label name = new Label();
    private final Label count = new Label();
    private final HBox line;
    private final StackPane lead = new StackPane();
    private ItemView view;

    SidebarEntry(String id, ItemView view, Node mark, String text) {
        this.view = view;
        setId(id);
        getStyleClass().add(Styles.SIDEBAR_ENTRY);
        setMaxWidth(Double.MAX_VALUE);
        lead.setMinWidth(16);
        lead.setMaxWidth(16);
        name.getStyleClass().add(Styles.ENTRY_NAME);
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        count.getStyleClass().add(Styles.ENTRY_COUNT);
        count.setMinWidth(Region.USE_PREF_SIZE);
        line = new HBox(10, lead, name, count);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMouseTransparent(true);
        line.prefWidthProperty().bind(widthProperty().subtract(16));
        setGraphic(line);
        show(mark, text, 0);
    }

    /** Shows another name and count. */
    void show(Node mark, String text, int number) {
        lead.getChildren().setAll(mark);
        name.setText(text);
        showCount(number);
    }

    void showCount(int number) {
        count.setText(number == 0 ? "" : Integer.toString(number));
        setAccessibleText(Texts.text(Keys.SIDEBAR_ENTRY_ACCESSIBLE, name.getText(), number));
    }

    /** Gives the count a colour: it is about something to be looked at. */
    void attract() {
        count.getStyleClass().add(Styles.ATTENTION);
    }

    /** Without name and count, there is room for the icon. */
    void fold(boolean folded) {
        Controls.show(name, !folded);
        Controls.show(count, !folded);
    }

    ItemView view() {
        return view;
    }

    void setView(ItemView other) {
        view = other;
    }

    /** Pressing what is selected leaves it selected. */
    @Override
    public void fire() {
        if (!isSelected()) {
            super.fire();
        }
    }
}
