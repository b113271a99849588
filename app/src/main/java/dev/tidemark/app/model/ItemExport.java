package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes one line of JSON for each item, ordered by id. Includes completed items and items in the trash. */
public final class ItemExport {
    private static final int PAGE = 2_000;

    private ItemExport() {}

    /**
     * Writes all items. Reads them page by page, so that memory use does not grow with the library.
     *
     * @return the number of items
     * @throws IOException if the target throws it
     */
    public static int write(Database database, Appendable target) throws IOException {
        return forEach(
                database,
                details ->
                        target.append(ItemJson.line(ItemJson.fields(details))).append('\n'));
    }

    /** Writes one item. */
    @FunctionalInterface
    public interface Target {
        void item(ItemDetails details) throws IOException;
    }

    /**
     * Passes all items to the target, ordered by id. Reads them page by page.
     *
     * @return the number of items
     * @throws IOException if the target throws it
     */
    public static int forEach(Database database, Target target) throws IOException {
        int written = 0;
        @Nullable UUID last = null;
        while (true) {
            List<Item> page = database.list(ItemQueries.page(last, PAGE));
            for (ItemDetails details : ItemDetails.of(database, page)) {
                target.item(details);
            }
            written += page.size();
            if (page.size() < PAGE) {
                return written;
            }
            last = page.getLast().id();
        }
    }
}
