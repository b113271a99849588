package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/** Creates menus and menu items. Item texts may contain underscores, so no item has a mnemonic. */
public final class Menus {
    private static final double GAP = 4;

    private Menus() {}

    /** Creates a context menu. */
    public static ContextMenu menu(String id, MenuItem... items) {
        ContextMenu menu = new ContextMenu(items);
        menu.setId(id);
        Controls.stylePopup(menu.getStyleClass());
        return menu;
    }

    /** Shows a menu below a control. */
    public static void showBelow(Node control, ContextMenu menu) {
        menu.show(control, Side.BOTTOM, 0, GAP);
    }

    /** Creates an item. */
    public static MenuItem item(String id, String text, @Nullable Node graphic, Runnable action) {
        return prepared(new MenuItem(text, graphic), id, action);
    }

    /** Prepares an item of any kind with an id and an action. */
    public static <M extends MenuItem> M prepared(M item, String id, Runnable action) {
        item.setId(id);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    /** Creates a disabled item that explains the items below it. */
    public static MenuItem heading(String id, String text) {
        MenuItem heading = Controls.styled(item(id, text, null, () -> {}), Styles.MENU_HEADING);
        heading.setDisable(true);
        return heading;
    }
}
