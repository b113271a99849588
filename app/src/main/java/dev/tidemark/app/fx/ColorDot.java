package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The dot in a list's colour. */
public final class ColorDot extends Region {
    /** The names of the colours. */
    public static final List<String> PALETTE =
            List.of("teal", "blue", "purple", "orange", "green", "pink", "yellow", "red");

    /** Knows the colour of each list. */
    @FunctionalInterface
    public interface ListColors {
        /** The colour's name, or {@code null} for none. */
        @Nullable
        String of(@Nullable UUID list);
    }

    private @Nullable String shown;

    /** @param color a colour's name of the palette; anything else is grey */
    public ColorDot(@Nullable String color) {
        getStyleClass().add(Styles.LIST_DOT);
        show(color);
    }

    /** Takes another colour, as the constructor. Nothing is styled anew if it is the same. */
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

    /** The list's own colour, or one that follows from its id, the same on every device. */
    public static String colorOf(UUID list, @Nullable String own) {
        return own != null ? own : PALETTE.get(Math.floorMod(list.hashCode(), PALETTE.size()));
    }
}
