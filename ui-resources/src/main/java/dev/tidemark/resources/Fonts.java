package dev.tidemark.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** Lists the URLs of the bundled Inter fonts. The stylesheets use the families of these fonts. See fonts/README.md. */
public final class Fonts {
    /** All font files. The app loads them once before it shows the first window. */
    public static final List<URL> ALL = List.of(
            address("inter-regular.ttf"),
            address("inter-bold.ttf"),
            address("inter-italic.ttf"),
            address("inter-medium.ttf"),
            address("inter-tabular.ttf"),
            address("inter-display.ttf"));

    private Fonts() {}

    private static URL address(String file) {
        return Objects.requireNonNull(Fonts.class.getResource("fonts/" + file), file);
    }
}
