package dev.tidemark.app.shell;

import dev.tidemark.app.list.ViewKey;
import dev.tidemark.app.list.ViewStateMemory;
import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores bounds, dividers and view of the main window in a file. If the file cannot be read, logs the error and uses
 * the defaults, because the user only has to place the window again.
 *
 * @param bounds the bounds while the window is not maximised
 * @param sidebar the width of the sidebar in pixels
 * @param list the width of the list in pixels; {@link Double#NaN} if the user did not set it
 */
record WindowState(Bounds bounds, double sidebar, double list, boolean maximized, ShownView shown) {
    private static final Logger LOG = LoggerFactory.getLogger(WindowState.class);
    private static final double SMALLEST = 400;
    static final WindowState DEFAULT = new WindowState(
            new Bounds(Double.NaN, Double.NaN, 1120, 760),
            236,
            Double.NaN,
            false,
            new ShownView("inbox", null, ViewStateMemory.ViewState.NONE));

    /**
     * The bounds of the window on the screen, in pixels.
     *
     * @param x the left edge; {@link Double#NaN} lets the system choose
     * @param y the upper edge
     * @param width the width of the content
     * @param height the height of the content
     */
    record Bounds(double x, double y, double width, double height) {}

    /**
     * The shown view.
     *
     * @param view the {@link ViewKey} of the view
     * @param query the query of a saved search; {@code null} for other views
     * @param visit the selection and the scroll position
     */
    record ShownView(String view, @Nullable String query, ViewStateMemory.ViewState visit) {}

    static WindowState read(Path file) {
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
            return new WindowState(
                    new Bounds(
                            number(stored, "x", DEFAULT.bounds.x),
                            number(stored, "y", DEFAULT.bounds.y),
                            Math.max(SMALLEST, number(stored, "width", DEFAULT.bounds.width)),
                            Math.max(SMALLEST, number(stored, "height", DEFAULT.bounds.height))),
                    number(stored, "sidebar", DEFAULT.sidebar),
                    number(stored, "list", DEFAULT.list),
                    Boolean.parseBoolean(stored.getProperty("maximized")),
                    shown(stored));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The window state cannot be read from {}; the window opens with its defaults", file, e);
            return DEFAULT;
        }
    }

    private static double number(Properties stored, String key, double otherwise) {
        String text = stored.getProperty(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }

    private static ShownView shown(Properties stored) {
        String selected = stored.getProperty("selected");
        return new ShownView(
                stored.getProperty("view", DEFAULT.shown.view),
                stored.getProperty("view.query"),
                new ViewStateMemory.ViewState(
                        selected == null ? null : UUID.fromString(selected),
                        Integer.parseInt(stored.getProperty("top", "0"))));
    }

    void write(Path file) {
        Properties stored = new Properties();
        stored.setProperty("x", Double.toString(bounds.x));
        stored.setProperty("y", Double.toString(bounds.y));
        stored.setProperty("width", Double.toString(bounds.width));
        stored.setProperty("height", Double.toString(bounds.height));
        stored.setProperty("sidebar", Double.toString(sidebar));
        stored.setProperty("list", Double.toString(list));
        stored.setProperty("maximized", Boolean.toString(maximized));
        stored.setProperty("view", shown.view);
        stored.setProperty("top", Integer.toString(shown.visit.top()));
        if (shown.query != null) {
            stored.setProperty("view.query", shown.query);
        }
        if (shown.visit.selected() != null) {
            stored.setProperty("selected", shown.visit.selected().toString());
        }
        try {
            PrivateFile.write(file, stored);
        } catch (IOException e) {
            LOG.warn("The window state cannot be written to {}", file, e);
        }
    }
}
