package dev.tidemark.app.palette;

import dev.tidemark.app.palette.Command.Group;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command by pressing a button of the window. For the JavaFX thread.
 *
 * @param command the command, which does nothing while the button cannot be pressed
 */
public record ButtonCommand(ButtonBase button, Command command) {
    /** Creates a command without keys. */
    public static ButtonCommand of(ButtonBase button, Group group, String icon, String name) {
        return of(button, group, icon, name, null);
    }

    /** Creates a command with keys that work everywhere in the window. */
    public static ButtonCommand of(
            ButtonBase button, Group group, String icon, String name, @Nullable KeyCombination keys) {
        return new ButtonCommand(button, new Command(group, icon, name, keys, () -> {
            if (isPressable(button)) {
                button.fire();
            }
        }));
    }

    /** Whether the user can press the button now, because it is enabled, in a window and visible. */
    public boolean isAvailable() {
        return isPressable(button);
    }

    private static boolean isPressable(ButtonBase button) {
        boolean visible = button.getScene() != null && !button.isDisabled();
        for (Node at = button; visible && at != null; at = at.getParent()) {
            visible = at.isVisible();
        }
        return visible;
    }
}
