package dev.tidemark.app.palette;

import java.util.List;
import java.util.function.Consumer;

/** Looks for items by what was typed. */
@FunctionalInterface
public interface ItemFinder {
    /**
     * Looks for a few that fit best.
     *
     * @param typed not blank
     * @param found takes them later, on the thread of the view models
     */
    void find(String typed, Consumer<List<PaletteEntry>> found);
}
