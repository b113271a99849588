package dev.tidemark.app.process;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Saves items without pause until it is killed. Prints {@code open} within each transaction, and {@code saved} with the
 * id and title of the written item after the transaction returned.
 */
final class SavingProgram {
    private static final int ITEMS_A_TRANSACTION = 5;

    private SavingProgram() {}

    public static void main(String[] arguments) {
        AppContext composition = AppContext.of(ProfileFolders.below(Path.of(arguments[0])));
        Items items = new Items(composition.database());
        for (int number = 0; ; number++) {
            String title = arguments[1] + "-" + number;
            List<UUID> ids = items.inTransaction(writer -> {
                AtomicOutputLine.showMessage("open");
                List<UUID> added = java.util.stream.Stream.generate(() -> writer.add(
                                NewItem.todo(title).withBody(title.repeat(20)).withTags(List.of("saved"))))
                        .limit(ITEMS_A_TRANSACTION)
                        .toList();
                added.forEach(id -> writer.setDone(id, true));
                return added;
            });
            ids.forEach(id -> AtomicOutputLine.showMessage("saved " + id + " " + title));
        }
    }
}
