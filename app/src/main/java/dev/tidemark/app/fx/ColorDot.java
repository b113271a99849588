package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Shows a dot in the colour of a list. */
public final class ColorDot extends Region {
    /** The names of the palette colours. */
    public static final List<String> PALETTE =
            List.of("teal", "blue", "purple", "orange", "green", "pink", "yellow", "red");

    private @Nullable String shown;

    /** @param color the name of a palette colour; any other value gives a grey dot */
    public ColorDot(@Nullable String color) {
        getStyleClass().add(Styles.LIST_DOT);
        show(color);
    }

    /**
     * Changes the colour. Does nothing if the dot already has this colour, because a change makes JavaFX apply the
     * styles again.
     */
    public void show(@Nullable String color) {
        if (Objects.equals(color, shown)) {
            return;
        }
        getStyleClass().removeAll(PALETTE);
        shown = color;
        if (color != null && PALETTE.contains(color)) {
            getStyleClass().add(color);
        }
    }

    /** Returns the name of the shown palette colour; {@code null} for grey. */
    public @Nullable String color() {
        return shown != null && PALETTE.contains(shown) ? shown : null;
    }

    /**
     * Returns the list's own colour. For a list without one, derives a colour from the id of the list, so that all
     * devices show the same.
     *
     * @param own the name of the colour that the user chose for the list; {@code null} for none
     */
    public static String colorOf(UUID list, @Nullable String own) {
        return own != null ? own : PALETTE.get(Math.floorMod(list.hashCode(), PALETTE.size()));
    }
}
