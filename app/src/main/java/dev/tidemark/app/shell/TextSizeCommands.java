package dev.tidemark.app.shell;

import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The commands that change the text size: larger, smaller, default. */
final class TextSizeCommands {
    private final PreferencesViewModel preferences;

    TextSizeCommands(PreferencesViewModel preferences) {
        this.preferences = preferences;
    }

    /** The commands, for the palette and the sheet of shortcuts. */
    List<Command> all() {
        return List.of(
                Command.inWindow(
                        Icons.LARGER,
                        Messages.text(Keys.COMMAND_LARGER),
                        key(KeyCode.PLUS),
                        () -> use(TextSize::larger)),
                Command.inWindow(
                        Icons.SMALLER,
                        Messages.text(Keys.COMMAND_SMALLER),
                        key(KeyCode.MINUS),
                        () -> use(TextSize::smaller)),
                Command.inWindow(
                        Icons.USUAL,
                        Messages.text(Keys.COMMAND_USUAL_SIZE),
                        key(KeyCode.DIGIT0),
                        () -> use(size -> TextSize.NORMAL)));
    }

    /** Installs the same keys for other keyboard layouts: plus with Shift, and the numeric keypad. */
    void install(Scene scene) {
        List<Command> all = all();
        Map.of(
                        key(KeyCode.EQUALS), all.get(0),
                        key(KeyCode.ADD), all.get(0),
                        key(KeyCode.SUBTRACT), all.get(1),
                        key(KeyCode.NUMPAD0), all.get(2))
                .forEach((keys, command) -> scene.getAccelerators().put(keys, command.run()));
    }

    private static KeyCombination key(KeyCode key) {
        return key == KeyCode.EQUALS
                ? new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY)
                : new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }

    private void use(UnaryOperator<TextSize> change) {
        TextSize present = preferences.settingsProperty().get().get(Setting.TEXT_SIZE);
        preferences.choose(Setting.TEXT_SIZE, change.apply(present));
    }
}
