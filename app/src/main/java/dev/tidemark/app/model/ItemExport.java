package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes every item, done and trashed ones too, as a line of JSON each, by id. */
public final class ItemExport {
    private static final int PAGE = 2_000;

    private ItemExport() {}

    /**
     * Writes them page by page, so that memory does not grow with the library.
     *
     * @return how many
     * @throws IOException what the target threw
     */
    public static int write(Database database, Appendable target) throws IOException {
        int written = 0;
        @Nullable UUID last = null;
        while (true) {
            List<Item> page = database.list(ItemQueries.page(last, PAGE));
            for (ItemDetails details : ItemDetails.of(database, page)) {
                target.append(ItemJson.line(ItemJson.fields(details))).append('\n');
            }
            written += page.size();
            if (page.size() < PAGE) {
                return written;
            }
            last = page.getLast().id();
        }
    }
}
