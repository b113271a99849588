package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.model.Kind;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;
import org.jspecify.annotations.Nullable;

/** The button that opens a menu of the commands for the open item. */
final class DetailMenu {
    private final Supplier<@Nullable ItemForm> form;
    private final Runnable convert;
    private final Runnable duplicate;
    private final Runnable print;
    private final Runnable trash;
    private final Button button;

    /**
     * @param form returns the open item
     * @param convert converts a note to a todo, or a todo to a note
     */
    DetailMenu(
            Supplier<@Nullable ItemForm> form, Runnable convert, Runnable duplicate, Runnable print, Runnable trash) {
        this.form = form;
        this.convert = convert;
        this.duplicate = duplicate;
        this.print = print;
        this.trash = trash;
        button = Controls.iconButton("detail-more", Icons.MORE, Messages.text(Keys.DETAIL_MORE), this::open);
    }

    Button button() {
        return button;
    }

    private void open() {
        ItemForm shown = form.get();
        if (shown == null) {
            return;
        }
        boolean isTodo = shown.itemProperty().get().kind() == Kind.TODO;
        ContextMenu menu = Menus.menu(
                "detail-menu",
                Menus.item(
                        "detail-kind",
                        Messages.text(isTodo ? Keys.DETAIL_TO_NOTE : Keys.DETAIL_TO_TODO),
                        Controls.icon(isTodo ? Icons.NOTES : Icons.ITEM),
                        convert),
                Menus.item("detail-print", Messages.text(Keys.COMMAND_PRINT), Controls.icon(Icons.PRINT), print));
        if (!shown.itemProperty().get().trashed()) {
            menu.getItems()
                    .add(
                            1,
                            Menus.item(
                                    "detail-duplicate",
                                    Messages.text(Keys.COMMAND_DUPLICATE),
                                    Controls.icon(Icons.DUPLICATE),
                                    duplicate));
            menu.getItems()
                    .addAll(
                            new SeparatorMenuItem(),
                            Menus.item(
                                    "detail-trash",
                                    Messages.text(Keys.DETAIL_TRASH),
                                    Controls.icon(Icons.TRASH),
                                    trash));
        }
        Menus.showBelow(button, menu);
    }
}
