package dev.tidemark.app.palette;

import java.util.List;
import java.util.function.Consumer;

/** Finds items by typed words. */
@FunctionalInterface
public interface ItemFinder {
    /**
     * Finds the few best matches.
     *
     * @param typed not blank
     * @param found receives them later, on the thread of the view models
     */
    void find(String typed, Consumer<List<PaletteEntry>> found);
}
