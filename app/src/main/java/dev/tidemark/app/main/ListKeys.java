package dev.tidemark.app.main;

import dev.tidemark.app.quickadd.QuickAddBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The keys that work while the list has the keyboard; those that work everywhere are {@link WindowCommands}. */
final class ListKeys {
    private final ItemListViewModel model;
    private final ListSelection selection;
    private final Runnable open;
    private final Runnable paste;

    /**
     * @param open goes on in the selected item
     * @param paste makes items of the lines that were copied elsewhere
     */
    ListKeys(ItemListViewModel model, ListSelection selection, Runnable open, Runnable paste) {
        this.model = model;
        this.selection = selection;
        this.open = open;
        this.paste = paste;
    }

    /** Does what the key says, before the list itself does. */
    void pressed(KeyEvent event) {
        if (QuickAddBar.PASTE.match(event)) {
            paste.run();
            event.consume();
        } else if (!event.isShortcutDown() && !event.isAltDown() && does(event.getCode())) {
            event.consume();
        }
    }

    private boolean does(KeyCode key) {
        if (key == KeyCode.END) {
            return selection.awaitEnd();
        }
        if (key == KeyCode.HOME) {
            return selection.awaitStart();
        }
        selection.stay();
        switch (key) {
            case SPACE -> model.clearing().tickSelected();
            case DELETE, BACK_SPACE -> model.clearing().trashSelected();
            case ENTER -> {
                if (model.selectedProperty().get() == null) {
                    return false;
                }
                open.run();
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
