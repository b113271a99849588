package dev.tidemark.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** The program's own icon, in the sizes that title bars and task bars use. {@code installer/src/icons} has the drawing. */
public final class AppIcon {
    /** PNG files, from small to large. Immutable. */
    public static final List<URL> ALL = List.of(at(16), at(32), at(64), at(128));

    private AppIcon() {}

    private static URL at(int size) {
        String file = "icons/tidemark-" + size + ".png";
        return Objects.requireNonNull(AppIcon.class.getResource(file), file);
    }
}
