package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The devices page and the activity page in the real window, with a second device on the same folder. */
@ExtendWith(KeptLanguage.class)
class SyncPagesTest {
    @TempDir
    Path place;

    @Proof
    @Test
    void devicesShowWhatTheyLackAndAreRetiredAndTheActivityWhatWasMoved() throws Exception {
        Path storage = Files.createDirectory(place.resolve("storage"));
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                Database phone = Database.open(
                        place.resolve("phone.db"), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named("Phone"));
                FolderStorage shared = FolderStorage.open(storage)) {
            Screen screen = open.screen();
            Screen.onScreen(() -> {
                open.window().model().list().show(new ItemSource.Devices());
                return true;
            });
            screen.await("only this device", () -> screen.shows("devices-set-up"));
            screen.click("devices-activity");
            screen.await("nothing was synced", () -> screen.shows("activity-empty"));

            Database database = open.composition().database();
            new Items(database).add(NewItem.todo("Buy milk"));
            open.composition().set(Setting.SYNC_FOLDER, storage.toString());
            open.composition().set(Setting.SYNC_TARGET, "folder");
            screen.await(
                    "it is uploaded", () -> screen.texts("activity").toString().contains("Uploaded"));
            RemoteLibrary.open(phone, shared).sync();
            new Items(phone).add(NewItem.todo("Call Bob"));
            RemoteLibrary.open(phone, shared).sync();
            screen.await(
                    "what the phone did is downloaded",
                    () -> screen.texts("activity").toString().contains("Downloaded and merged 1 change"));
            assertThat(screen.texts("activity-chart").toString()).contains("Phone");

            new Items(database).add(NewItem.todo("Buy bread"));
            screen.click("activity-devices");
            screen.await("the phone is listed", () -> screen.shows("device-retire"));
            screen.await(
                    "the phone lacks a change",
                    () -> screen.texts("devices").toString().contains("behind, seen"));
            screen.click("device-retire");
            screen.await("it asks", () -> screen.shows("device-retire-sure"));
            assertThat(screen.texts("devices").toString()).contains("This cannot be undone.");
            screen.click("device-retire-sure");
            screen.await(
                    "it is retired", () -> screen.texts("devices").toString().contains("Retired. No device waits"));
        }
    }
}
