package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.engine.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Creates concurrent changes of a laptop and a phone: to a title, a text and a list's name, and an edit and a delete.
 * Both devices have synced since.
 *
 * @param item has two titles and two texts
 * @param purged was purged on the laptop and edited on the phone
 */
record ConflictFixture(UUID item, UUID purged) {

    /** Another device, with its profile in this place. */
    static AppContext phone(Path place) throws Exception {
        AppContext phone = AppContext.of(ProfileFolders.below(place.resolve("phone")));
        phone.set(Setting.DEVICE_NAME, "Phone");
        return phone;
    }

    private static Path folder(Path place) throws Exception {
        return Files.createDirectories(place.resolve("shared"));
    }

    static ConflictFixture on(AppContext laptop, AppContext phone, Path place) throws Exception {
        laptop.set(Setting.DEVICE_NAME, "Laptop");
        // The versions of the text changed different passages: merged, they would be no conflict.
        laptop.set(Setting.TEXT_MERGE, "off");
        phone.set(Setting.TEXT_MERGE, "off");
        laptop.set(Setting.SYNC_FOLDER, folder(place).toString());
        Database here = laptop.database();
        UUID list = new Lists(here).add("Home");
        UUID item = new Items(here)
                .add(NewItem.todo("Plan the birthday dinner")
                        .withBody("Eight people. Risotto for the main course, and Tom brings the long table."));
        UUID purged = new Items(here).add(NewItem.todo("Return the drill"));
        laptop.sync().syncNow().get();
        // Not before: where both find an empty folder at once, they need another sync to become one library.
        phone.set(Setting.SYNC_FOLDER, folder(place).toString());
        phone.sync().syncNow().get();
        phone.set(Setting.SYNC_TARGET, "off");
        Items there = new Items(phone.database());
        there.setTitle(item, "Plan the birthday dinner at Rosa's");
        there.setBody(item, "Nine people. Risotto for the main course, and Tom brings the long table. Ada bakes.");
        new Lists(phone.database()).rename(list, "House");
        there.setTitle(purged, "Return the drill to Jonas");
        new Items(here).setTitle(item, "Plan Rosa's birthday dinner");
        new Items(here).setBody(item, "Eight people. Lasagne for the main course, and Tom brings the long table.");
        new Lists(here).rename(list, "Flat");
        new Items(here).purge(purged);
        laptop.sync().syncNow().get();
        phone.set(Setting.SYNC_TARGET, "folder");
        phone.sync().syncNow().get();
        laptop.sync().syncNow().get();
        return new ConflictFixture(item, purged);
    }
}
