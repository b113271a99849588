package dev.tidemark.resources;

import java.net.URL;
import java.util.Objects;

/** Lists the URLs of the stylesheets. A scene needs the tokens of its theme, followed by {@link #MAIN}. */
public final class Stylesheets {
    public static final String LIGHT = address("tokens-light.css");
    public static final String DARK = address("tokens-dark.css");
    public static final String LIGHT_HIGH = address("tokens-light-high.css");
    public static final String DARK_HIGH = address("tokens-dark-high.css");
    public static final String MAIN = address("tidemark.css");

    private Stylesheets() {}

    private static String address(String file) {
        URL url = Stylesheets.class.getResource("css/" + file);
        return Objects.requireNonNull(url, file).toExternalForm();
    }
}
