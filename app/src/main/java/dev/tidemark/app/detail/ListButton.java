package dev.tidemark.app.detail;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/** Shows the item's list, and opens a menu to choose another. */
final class ListButton extends Button {
    private static final double GAP = 4;

    private final Supplier<List<ItemList>> lists;
    private final Consumer<@Nullable UUID> chosen;

    /** @param chosen receives the list, {@code null} for the Inbox */
    ListButton(Supplier<List<ItemList>> lists, Consumer<@Nullable UUID> chosen) {
        this.lists = lists;
        this.chosen = chosen;
        setId("detail-list");
        getStyleClass().add(Styles.QUIET_BUTTON);
        setOnAction(event -> open());
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
            setText(SingleLineText.brief(name));
            setGraphic(new ColorDot(ColorDot.colorOf(list, known == null ? null : known.color())));
        }
        setAccessibleText(Messages.text(Keys.DETAIL_LIST_ACCESSIBLE, getText()));
    }

    private void open() {
        ContextMenu menu = new ContextMenu();
        menu.setId("detail-list-menu");
        Controls.stylePopup(menu.getStyleClass());
        MenuItem inbox = new MenuItem(Messages.text(Keys.SIDEBAR_INBOX), Controls.icon(Icons.INBOX));
        inbox.setOnAction(event -> chosen.accept(null));
        menu.getItems().add(inbox);
        for (ItemList list : lists.get()) {
            MenuItem item = new MenuItem(
                    SingleLineText.brief(list.name()), new ColorDot(ColorDot.colorOf(list.id(), list.color())));
            item.setMnemonicParsing(false);
            item.setOnAction(event -> chosen.accept(list.id()));
            menu.getItems().add(item);
        }
        menu.show(this, Side.BOTTOM, 0, GAP);
    }
}
