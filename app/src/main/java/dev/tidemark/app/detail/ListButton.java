package dev.tidemark.app.detail;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import org.jspecify.annotations.Nullable;

/** Shows the list of an item, and opens a menu to move the item to another list. */
final class ListButton extends Button {
    /** In pixels; a longer name is cut. */
    private static final double MAX_WIDTH = 220;

    private final Supplier<List<ItemList>> lists;
    private final Consumer<@Nullable UUID> chosen;

    /** @param chosen receives the id of the chosen list; {@code null} for the Inbox */
    ListButton(Supplier<List<ItemList>> lists, Consumer<@Nullable UUID> chosen) {
        this.lists = lists;
        this.chosen = chosen;
        setId("detail-list");
        getStyleClass().addAll(Styles.QUIET_BUTTON, Styles.PILL);
        setOnAction(event -> open());
    }

    /** A {@code FlowPane} is at least as wide as its widest button wants to be, whatever the button's maximum is. */
    @Override
    protected double computePrefWidth(double height) {
        return Math.min(super.computePrefWidth(height), UiScale.scaled(MAX_WIDTH));
    }

    void show(@Nullable UUID list, @Nullable String name) {
        ItemList known = lists.get().stream()
                .filter(candidate -> candidate.id().equals(list))
                .findFirst()
                .orElse(null);
        if (list == null || name == null) {
            setText(Messages.text(Keys.SIDEBAR_INBOX));
            setGraphic(Controls.icon(Icons.INBOX));
        } else {
            setText(SingleLineText.abbreviate(name));
            setGraphic(new ColorDot(ColorDot.colorOf(list, known == null ? null : known.color())));
        }
        setAccessibleText(Messages.text(Keys.DETAIL_LIST_ACCESSIBLE, getText()));
    }

    private void open() {
        ContextMenu menu = Menus.menu(
                "detail-list-menu",
                Menus.item(
                        "detail-list-inbox",
                        Messages.text(Keys.SIDEBAR_INBOX),
                        Controls.icon(Icons.INBOX),
                        () -> chosen.accept(null)));
        for (ItemList list : lists.get()) {
            Node dot = new ColorDot(ColorDot.colorOf(list.id(), list.color()));
            menu.getItems()
                    .add(Menus.item(
                            "detail-list-" + list.id(),
                            SingleLineText.abbreviate(list.name()),
                            dot,
                            () -> chosen.accept(list.id())));
        }
        Menus.showBelow(this, menu);
    }
}
