package dev.tidemark.app.shell;

import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** What buttons of the window do, by their names: each while its button can be pressed. For the JavaFX thread. */
final class ButtonCommands {
    private final Parent window;
    private final Map<String, Command> commands = new TreeMap<>();

    /** @param window holds the buttons */
    ButtonCommands(Parent window) {
        this.window = window;
        add(Group.PLACES, "new-list", Icons.LIST, Keys.SIDEBAR_NEW_LIST);
        add(Group.PLACES, "new-tag", Icons.TAG, Keys.SIDEBAR_NEW_TAG);
        add(Group.ITEMS, "arrange", Icons.ARRANGE, Keys.LIST_ARRANGE);
        add(Group.ITEMS, "show-done", Icons.SHOW_DONE, Keys.LIST_SHOW_DONE);
        add(Group.ITEMS, "search-save", Icons.KEEP, Keys.SEARCH_SAVE);
        add(Group.ITEMS, "detail-due", Icons.DUE, Keys.COMMAND_SET_DUE);
        add(Group.ITEMS, "detail-reminder", Icons.REMINDER, Keys.COMMAND_SET_REMINDER);
        add(Group.ITEMS, "detail-repeat", Icons.REPEAT, Keys.COMMAND_SET_REPEAT);
        add(Group.ITEMS, "detail-priority", Icons.PRIORITY, Keys.COMMAND_SET_PRIORITY);
        add(Group.ITEMS, "detail-list", Icons.LIST, Keys.COMMAND_SET_LIST);
        add(Group.ITEMS, "detail-kind", Icons.NOTES, Keys.COMMAND_KIND);
        add(Group.ITEMS, "detail-attach", Icons.ATTACHMENT, Keys.ATTACHMENTS_ADD);
        put(
                "detail-preview-toggle",
                new Command(
                        Group.TEXT,
                        Icons.PREVIEW,
                        Messages.text(Keys.DETAIL_PREVIEW),
                        new KeyCodeCombination(KeyCode.E, KeyCombination.SHORTCUT_DOWN),
                        () -> press("detail-preview-toggle")));
    }

    private void add(Group group, String id, String icon, String name) {
        put(id, new Command(group, icon, Messages.text(name), null, () -> press(id)));
    }

    private void put(String id, Command command) {
        commands.put(id, command);
    }

    /** All of them, whether their buttons are there or not. */
    List<Command> all() {
        return List.copyOf(commands.values());
    }

    /** Those that can be done now. */
    List<Command> offered() {
        List<Command> offered = new ArrayList<>();
        commands.forEach((id, command) -> {
            if (canBePressed(id)) {
                offered.add(command);
            }
        });
        return offered;
    }

    /** Whether a command presses this button. */
    boolean has(String id) {
        return commands.containsKey(id);
    }

    private boolean canBePressed(String id) {
        Node node = window.lookup("#" + id);
        return node instanceof ButtonBase && !node.isDisabled() && isSeen(node);
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void press(String id) {
        if (canBePressed(id) && window.lookup("#" + id) instanceof ButtonBase button) {
            button.fire();
        }
    }
}
