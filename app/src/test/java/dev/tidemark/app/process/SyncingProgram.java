package dev.tidemark.app.process;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Saves some items and syncs them, again and again until it is killed. Prints {@code saved} with the id and title of
 * each saved item, {@code syncing} before each sync and {@code synced} after it.
 */
final class SyncingProgram {
    private static final int ITEMS_A_SYNC = 2;

    private SyncingProgram() {}

    public static void main(String[] arguments) {
        AppContext composition = AppContext.of(ProfileFolders.below(Path.of(arguments[0])));
        Items items = new Items(composition.database());
        RemoteStorage storage = composition.requireRemote().open();
        RemoteLibrary library = RemoteLibrary.open(composition.database(), storage);
        for (int number = 0; ; number++) {
            String title = arguments[1] + "-" + number;
            List<UUID> ids = items.inTransaction(writer -> {
                List<UUID> added = new ArrayList<>();
                for (int item = 0; item < ITEMS_A_SYNC; item++) {
                    added.add(writer.add(NewItem.todo(title)));
                }
                return added;
            });
            ids.forEach(id -> AtomicOutputLine.showMessage("saved " + id + " " + title));
            AtomicOutputLine.showMessage("syncing");
            library.sync();
            AtomicOutputLine.showMessage("synced");
        }
    }
}
