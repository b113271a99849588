package dev.tidemark.app.list;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.list.SelectionCommands.Choice;
import dev.tidemark.app.list.SelectionCommands.MenuEntry;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.KeyNames;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Opens the context menu of the rows when the user presses the right mouse button, the menu key or Shift+F10. */
final class RowMenu {
    private static final double INDENT = 40;

    private final ListView<ItemRow> list;
    private final Supplier<List<MenuEntry>> lines;
    private @Nullable ContextMenu open;

    RowMenu(ListView<ItemRow> list, Supplier<List<MenuEntry>> lines) {
        this.list = list;
        this.lines = lines;
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::requested);
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean isMenuKey = event.getCode() == KeyCode.CONTEXT_MENU;
            if (isMenuKey || (event.getCode() == KeyCode.F10 && event.isShiftDown())) {
                showBesideSelection();
                event.consume();
            }
        });
    }

    private void requested(ContextMenuEvent event) {
        if (event.isKeyboardTrigger()) {
            showBesideSelection();
        } else {
            ItemCell cell = cellOf(event.getPickResult().getIntersectedNode());
            if (cell != null && !cell.isEmpty()) {
                if (!list.getSelectionModel().isSelected(cell.getIndex())) {
                    list.getSelectionModel().clearAndSelect(cell.getIndex());
                }
                show(event.getScreenX(), event.getScreenY());
            }
        }
        event.consume();
    }

    private static @Nullable ItemCell cellOf(@Nullable Node node) {
        Node at = node;
        while (at != null && !(at instanceof ItemCell)) {
            at = at.getParent();
        }
        return at instanceof ItemCell cell ? cell : null;
    }

    /** Opens the menu below the selected row. Ignores the second event that some systems send for the menu key. */
    private void showBesideSelection() {
        if (open != null && open.isShowing()) {
            return;
        }
        int index = list.getSelectionModel().getSelectedIndex();
        Node anchor = list.lookupAll(".item-cell").stream()
                .filter(node -> node instanceof ItemCell cell && cell.getIndex() == index && !cell.isEmpty())
                .findFirst()
                .orElse(list);
        Bounds bounds = anchor.localToScreen(anchor.getLayoutBounds());
        show(bounds.getMinX() + INDENT, anchor.equals(list) ? bounds.getMinY() : bounds.getMaxY());
    }

    private void show(double x, double y) {
        if (open != null) {
            open.hide();
        }
        ContextMenu menu = Menus.menu("row-menu");
        for (MenuEntry line : lines.get()) {
            menu.getItems()
                    .add(
                            switch (line) {
                                case MenuEntry.Single one -> item(one.id(), one.command());
                                case MenuEntry.Submenu several -> submenu(several);
                                case MenuEntry.Separator rule -> new SeparatorMenuItem();
                            });
        }
        if (!menu.getItems().isEmpty()) {
            menu.show(list, x, y);
            open = menu;
        }
    }

    private static MenuItem item(String id, Command command) {
        MenuItem item = Menus.item(id, command.name(), Controls.icon(command.icon()), command.run());
        if (command.keys() != null) {
            item.setAccelerator(KeyNames.localized(command.keys()));
        }
        return item;
    }

    private static MenuItem submenu(MenuEntry.Submenu several) {
        Menu menu = new Menu(several.name(), Controls.icon(several.icon()));
        menu.setId(several.id());
        several.choices().forEach(choice -> menu.getItems().add(choice(choice)));
        return menu;
    }

    private static MenuItem choice(Choice choice) {
        String name = SingleLineText.abbreviate(choice.name());
        Node graphic = choice.color() != null
                ? new ColorDot(choice.color())
                : choice.icon() != null ? Controls.icon(choice.icon()) : null;
        if (choice.isCurrent() == null) {
            return Menus.item(choice.id(), name, graphic, choice.run());
        }
        CheckMenuItem check = Menus.prepared(new CheckMenuItem(name, graphic), choice.id(), choice.run());
        check.setSelected(choice.isCurrent());
        return check;
    }
}
