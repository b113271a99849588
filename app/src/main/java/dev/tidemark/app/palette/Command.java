package dev.tidemark.app.palette;

import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * A command with a name for the palette and optional keys. Immutable.
 *
 * @param group the group in the sheet of shortcuts
 * @param icon the icon, one of {@link dev.tidemark.resources.Icons}
 * @param color the colour of a dot that replaces the icon; {@code null} for the icon
 * @param name the name that the palette shows and searches
 * @param keys keys that work everywhere in the window; {@code null} for none
 */
public record Command(
        Group group,
        String icon,
        @Nullable String color,
        String name,
        @Nullable KeyCombination keys,
        Runnable run) {
    /** Creates a command with an icon. */
    public Command(Group group, String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        this(group, icon, null, name, keys, run);
    }

    /** Returns this command with a coloured dot as its icon. */
    public Command withDot(String dot) {
        return new Command(group, icon, dot, name, keys, run);
    }

    public enum Group {
        ITEMS,
        TEXT,
        PLACES,
        WINDOW
    }

    /** Creates a command of the group for the window. */
    public static Command inWindow(String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        return new Command(Group.WINDOW, icon, name, keys, run);
    }

    /** The keys as text; empty without keys. */
    String keyText() {
        return keys == null ? "" : KeyNames.of(keys);
    }
}
