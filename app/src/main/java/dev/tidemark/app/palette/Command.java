package dev.tidemark.app.palette;

import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * A command that the user runs by its name in the palette or by its keys. Immutable.
 *
 * @param group its group in the sheet of shortcuts
 * @param icon the icon, one of {@link dev.tidemark.resources.Icons}
 * @param color the colour of a dot that replaces the icon, or {@code null}
 * @param name the name that the palette shows and searches
 * @param keys keys that work everywhere in the window, or {@code null}
 */
public record Command(
        Group group,
        String icon,
        @Nullable String color,
        String name,
        @Nullable KeyCombination keys,
        Runnable run) {
    /** A command with an icon. */
    public Command(Group group, String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        this(group, icon, null, name, keys, run);
    }

    /** The command with a dot of this colour. */
    public Command dotted(String dot) {
        return new Command(group, icon, dot, name, keys, run);
    }

    public enum Group {
        ITEMS,
        TEXT,
        PLACES,
        WINDOW
    }

    /** A command of the group for the window. */
    public static Command inWindow(String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        return new Command(Group.WINDOW, icon, name, keys, run);
    }

    /** The keys as text; empty without keys. */
    String keyText() {
        return keys == null ? "" : KeyNames.of(keys);
    }
}
