package dev.tidemark.app.main;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the window stood and how it was divided. Losing it costs a drag with the mouse, so a file that cannot be read is
 * logged and counts as none.
 *
 * @param x left edge on the screen in pixels; {@link Double#NaN} where the system shall choose
 * @param y upper edge
 * @param width of the window's contents
 * @param height of the window's contents
 * @param sidebar width of the sidebar
 * @param list width of the list
 * @param maximized whether it fills the screen
 */
record WindowState(double x, double y, double width, double height, double sidebar, double list, boolean maximized) {
    private static final Logger LOG = LoggerFactory.getLogger(WindowState.class);
    private static final double SMALLEST = 400;
    static final WindowState DEFAULT = new WindowState(Double.NaN, Double.NaN, 1120, 760, 236, 376, false);

    /** What the file holds. */
    static WindowState read(Path file) {
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
            return new WindowState(
                    number(stored, "x", DEFAULT.x),
                    number(stored, "y", DEFAULT.y),
                    Math.max(SMALLEST, number(stored, "width", DEFAULT.width)),
                    Math.max(SMALLEST, number(stored, "height", DEFAULT.height)),
                    number(stored, "sidebar", DEFAULT.sidebar),
                    number(stored, "list", DEFAULT.list),
                    Boolean.parseBoolean(stored.getProperty("maximized")));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The state of the window cannot be read from {}; the window opens as it did at first", file, e);
            return DEFAULT;
        }
    }

    private static double number(Properties stored, String key, double otherwise) {
        String text = stored.getProperty(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }

    /** Writes it, whole or not at all. */
    void write(Path file) {
        Properties stored = new Properties();
        stored.setProperty("x", Double.toString(x));
        stored.setProperty("y", Double.toString(y));
        stored.setProperty("width", Double.toString(width));
        stored.setProperty("height", Double.toString(height));
        stored.setProperty("sidebar", Double.toString(sidebar));
        stored.setProperty("list", Double.toString(list));
        stored.setProperty("maximized", Boolean.toString(maximized));
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(temporary)) {
                stored.store(writer, null);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The state of the window cannot be written to {}", file, e);
        }
    }
}
