package dev.tidemark.app.list;

import dev.tidemark.app.quickadd.QuickAddBar;
import java.util.function.IntConsumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/**
 * Handles the keys that work while the list has the focus. {@code WindowCommands} handles the keys that work
 * everywhere.
 */
public final class ListKeyHandler {
    public static final KeyCombination ALL = new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN);

    private final ItemListViewModel model;
    private final ListSelectionBinding selection;
    private final Runnable open;
    private final Runnable paste;
    private final IntConsumer choose;
    private final TypeAhead letters = new TypeAhead(System::nanoTime);

    /**
     * @param open moves the focus to the selected item
     * @param paste adds the lines of the clipboard as items
     * @param choose selects the row at an index
     */
    ListKeyHandler(
            ItemListViewModel model,
            ListSelectionBinding selection,
            Runnable open,
            Runnable paste,
            IntConsumer choose) {
        this.model = model;
        this.selection = selection;
        this.open = open;
        this.paste = paste;
        this.choose = choose;
    }

    /** Handles a pressed key before the list control does. */
    void pressed(KeyEvent event) {
        if (QuickAddBar.PASTE.match(event)) {
            paste.run();
            event.consume();
        } else if (ALL.match(event)) {
            selection.all();
            event.consume();
        } else if (!event.isShortcutDown() && !event.isAltDown() && does(event.getCode())) {
            event.consume();
        }
    }

    /** Selects the row whose title starts with the typed letters. */
    void typed(KeyEvent event) {
        if (TypeAhead.isLetter(event, letters.isCollecting())) {
            int row =
                    letters.typed(event.getCharacter(), selected(), model.rows().size(), this::title);
            if (row >= 0) {
                choose.accept(row);
            }
            event.consume();
        }
    }

    private int selected() {
        return model.indexOf(model.selectedProperty().get());
    }

    private String title(int row) {
        return model.rows().get(row).title();
    }

    /**
     * Whether the key edits the letters that the user types to find a row. Backspace removes the last letter. Space
     * counts only if it continues the title of the selected row.
     */
    private boolean belongsToWord(KeyCode key) {
        boolean isWithin = letters.isCollecting();
        if (isWithin && key == KeyCode.BACK_SPACE) {
            letters.removeLast();
        }
        int row = selected();
        return isWithin
                && (key == KeyCode.BACK_SPACE
                        || (key == KeyCode.SPACE && row >= 0 && letters.continuesWith(" ", title(row))));
    }

    private boolean does(KeyCode key) {
        if (belongsToWord(key)) {
            return true;
        }
        if (key == KeyCode.END) {
            return selection.awaitEnd();
        }
        if (key == KeyCode.HOME) {
            return selection.awaitStart();
        }
        selection.stopAwaiting();
        switch (key) {
            case SPACE -> model.commands().completeSelected();
            case DELETE, BACK_SPACE -> model.commands().trashSelected();
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
