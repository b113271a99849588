package dev.tidemark.app.shell;

import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Creates the commands that change the text size and the theme. */
record AppearanceCommands(PreferencesViewModel preferences) {
    List<Command> all() {
        return Stream.of(sizes(), themes()).flatMap(List::stream).toList();
    }

    private List<Command> sizes() {
        return List.of(
                size(Icons.LARGER, Keys.COMMAND_LARGER, KeyCode.PLUS, TextSize::larger),
                size(Icons.SMALLER, Keys.COMMAND_SMALLER, KeyCode.MINUS, TextSize::smaller),
                size(Icons.USUAL, Keys.COMMAND_USUAL_SIZE, KeyCode.DIGIT0, size -> TextSize.NORMAL));
    }

    private Command size(String icon, String name, KeyCode key, UnaryOperator<TextSize> change) {
        return Command.inWindow(icon, Messages.text(name), key(key), () -> {
            TextSize current = preferences.settingsProperty().get().get(Setting.TEXT_SIZE);
            preferences.choose(Setting.TEXT_SIZE, change.apply(current));
        });
    }

    private List<Command> themes() {
        return List.of(
                theme(Keys.SETTINGS_THEME_SYSTEM, Theme.SYSTEM),
                theme(Keys.SETTINGS_THEME_LIGHT, Theme.LIGHT),
                theme(Keys.SETTINGS_THEME_DARK, Theme.DARK));
    }

    private Command theme(String name, Theme theme) {
        return Command.inWindow(
                Icons.COLOR,
                Messages.text(Keys.COMMAND_CHOICE, Messages.text(Keys.SETTINGS_THEME), Messages.text(name)),
                null,
                () -> preferences.choose(Setting.THEME, theme));
    }

    /**
     * Installs further keys that change the text size. They are for other keyboard layouts (plus with Shift) and for
     * the numeric keypad.
     */
    void install(Scene scene) {
        List<Command> sizes = sizes();
        Map.of(
                        key(KeyCode.EQUALS), sizes.get(0),
                        key(KeyCode.ADD), sizes.get(0),
                        key(KeyCode.SUBTRACT), sizes.get(1),
                        key(KeyCode.NUMPAD0), sizes.get(2))
                .forEach((keys, command) -> scene.getAccelerators().put(keys, command.run()));
    }

    private static KeyCombination key(KeyCode key) {
        return key == KeyCode.EQUALS
                ? new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY)
                : new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }
}
