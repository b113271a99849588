package dev.tidemark.app.list;

import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Sort;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the options of each view in a file of this device. If the file cannot be read, logs the error and starts with
 * the defaults, because users lose only a few clicks. Belongs to one thread.
 */
public final class ViewOptionsStore {
    private static final Logger LOG = LoggerFactory.getLogger(ViewOptionsStore.class);

    private final @Nullable Path file;
    private final Map<String, ViewOptions> known = new HashMap<>();

    private ViewOptionsStore(@Nullable Path file) {
        this.file = file;
    }

    /** Creates a store that keeps the options only in memory. */
    public static ViewOptionsStore inMemory() {
        return new ViewOptionsStore(null);
    }

    public static ViewOptionsStore read(Path file) {
        ViewOptionsStore read = new ViewOptionsStore(file);
        if (Files.exists(file)) {
            Properties stored = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                stored.load(reader);
                stored.forEach((view, value) -> read.known.put(view.toString(), parse(value.toString())));
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("The view options cannot be read from {}; the views use their defaults", file, e);
            }
        }
        return read;
    }

    ViewOptions of(ItemSource view) {
        ViewOptions arranged = known.get(ViewKey.of(view));
        if (arranged == null) {
            return ViewOptions.of(view);
        }
        // Upcoming is always sorted by day, because its groups are days.
        return view instanceof ItemSource.Upcoming ? arranged.by(Sort.DUE) : arranged;
    }

    public void set(ItemSource view, ViewOptions arrangement) {
        if (arrangement.equals(ViewOptions.of(view))) {
            known.remove(ViewKey.of(view));
        } else {
            known.put(ViewKey.of(view), arrangement);
        }
        if (file != null) {
            write(file);
        }
    }

    private void write(Path target) {
        Properties stored = new Properties();
        known.forEach((view, arrangement) -> stored.setProperty(view, text(arrangement)));
        try {
            PrivateFile.write(target, stored);
        } catch (IOException e) {
            LOG.warn("The view options cannot be written to {}", target, e);
        }
    }

    private static String text(ViewOptions arrangement) {
        Kind kind = arrangement.kind();
        return String.join(
                " ",
                arrangement.sort().name(),
                arrangement.withDone() ? "done" : "open",
                kind == null ? "any" : kind.text(),
                arrangement.atLeast().text(),
                arrangement.dated() ? "dated" : "any",
                arrangement.tag() == null ? "" : arrangement.tag());
    }

    private static ViewOptions parse(String text) {
        String[] parts = text.split(" ", 6);
        if (parts.length < 6) {
            throw new IllegalArgumentException("Invalid view options: " + text);
        }
        return new ViewOptions(
                Sort.valueOf(parts[0]),
                parts[1].equals("done"),
                parts[2].equals("any") ? null : Kind.parse(parts[2]),
                Priority.parse(parts[3]),
                parts[4].equals("dated"),
                parts[5].isEmpty() ? null : parts[5]);
    }
}
