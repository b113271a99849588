package dev.tidemark.app.palette;

import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something that the person can have done by its name in the palette or, if it has any, by its keys. Immutable.
 *
 * @param group where the sheet of shortcuts lists it
 * @param icon of {@link dev.tidemark.resources.Icons}
 * @param color of a dot in the place of the icon, or {@code null}
 * @param name what is read and searched
 * @param keys the keys that do it everywhere in the window, or {@code null}
 * @param run does it
 */
public record Command(
        Group group,
        String icon,
        @Nullable String color,
        String name,
        @Nullable KeyCombination keys,
        Runnable run) {
    /** One with an icon. */
    public Command(Group group, String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        this(group, icon, null, name, keys, run);
    }

    /** The same with a dot of this colour. */
    public Command dotted(String dot) {
        return new Command(group, icon, dot, name, keys, run);
    }

    /** What commands are about. */
    public enum Group {
        ITEMS,
        TEXT,
        PLACES,
        WINDOW
    }

    /** Something that is done to the window as a whole. */
    public static Command inWindow(String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        return new Command(Group.WINDOW, icon, name, keys, run);
    }

    /** The keys as people write them; empty if there are none. */
    String keyText() {
        return keys == null ? "" : KeyNames.of(keys);
    }
}
