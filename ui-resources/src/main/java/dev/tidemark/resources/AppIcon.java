package dev.tidemark.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** Lists the program icon in the sizes for title bars and task bars. The drawing is in {@code installer/src/icons}. */
public final class AppIcon {
    /** The PNG files in ascending size. Immutable. */
    public static final List<URL> ALL = List.of(at(16), at(32), at(64), at(128));

    private AppIcon() {}

    private static URL at(int size) {
        String file = "icons/tidemark-" + size + ".png";
        return Objects.requireNonNull(AppIcon.class.getResource(file), file);
    }
}
