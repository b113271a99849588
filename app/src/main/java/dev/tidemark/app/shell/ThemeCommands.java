package dev.tidemark.app.shell;

import dev.tidemark.app.palette.Command;
import dev.tidemark.app.preferences.PreferencesViewModel;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;

/** The commands that choose the theme: light, dark, or as the system. */
final class ThemeCommands {
    private final PreferencesViewModel preferences;

    ThemeCommands(PreferencesViewModel preferences) {
        this.preferences = preferences;
    }

    List<Command> all() {
        return List.of(
                command(Keys.SETTINGS_THEME_SYSTEM, Theme.SYSTEM),
                command(Keys.SETTINGS_THEME_LIGHT, Theme.LIGHT),
                command(Keys.SETTINGS_THEME_DARK, Theme.DARK));
    }

    private Command command(String name, Theme theme) {
        return Command.inWindow(
                Icons.COLOR,
                Messages.text(Keys.COMMAND_CHOICE, Messages.text(Keys.SETTINGS_THEME), Messages.text(name)),
                null,
                () -> preferences.choose(Setting.THEME, theme));
    }
}
