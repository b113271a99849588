package dev.tidemark.resources;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** The URLs of the bundled weights of the Inter font; stylesheets refer to the families. See fonts/README.md. */
public final class Fonts {
    /** All font files. The app loads them once before the first window shows. */
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
