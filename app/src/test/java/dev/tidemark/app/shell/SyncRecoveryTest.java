package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.app.sync.NoticedEarlier;
import dev.tidemark.engine.sync.SyncStatus.State;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** The buttons of the window fix sync problems: two real devices with a folder. */
class SyncRecoveryTest {
    private static final String PASSPHRASE = "tide mark under seven wet stones";

    @TempDir
    Path place;

    private Path shared;

    @BeforeEach
    void makeFolder() throws IOException {
        shared = Files.createDirectory(place.resolve("shared"));
    }

    private AppContext otherDevice() {
        AppContext other = OpenWindow.withCheapPassphrases(place.resolve("other"));
        other.set(Setting.DEVICE_NAME, "Phone");
        other.set(Setting.SYNC_FOLDER, shared.toString());
        return other;
    }

    private static void awaitState(OpenWindow open, State wanted) {
        open.screen()
                .await(
                        "sync is " + wanted,
                        () -> open.window().sync().stateProperty().get().state() == wanted);
    }

    private static void awaitInStep(OpenWindow open) {
        open.screen().await("everything is synced", () -> {
            var state = open.window().sync().stateProperty().get();
            return state.state() == State.IDLE && state.lastSuccess() != null && state.pending() == 0;
        });
    }

    private static void openSettings(OpenWindow open) throws Exception {
        FxToolkit.setupFixture(() -> {
            open.window().openSyncPage();
            return true;
        });
    }

    private void wipe() throws IOException {
        try (Stream<Path> all = Files.walk(shared)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Proof
    @Test
    void theSyncStatusAsksForThePassphraseAndTriesIt() throws Exception {
        try (AppContext other = otherDevice();
                OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            other.encryption().showCodesWith(code -> {});
            new Items(other.database()).add(NewItem.todo("From the phone"));
            new SyncSetup(other).createLibrary(PASSPHRASE.toCharArray());
            other.sync().syncNow().get();
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            Screen screen = open.screen();
            awaitState(open, State.NEEDS_ATTENTION);
            screen.click("sync-state");
            screen.click("sync-panel-passphrase");
            screen.await("the passphrase is asked for", () -> screen.shows("unlock-secret"));
            assertThat(screen.text("unlock-reason")).contains("is encrypted");
            screen.click("unlock-secret");
            screen.type("stones under the tide");
            screen.click("unlock-submit");
            screen.await(
                    "it is refused",
                    () -> screen.shows("unlock-outcome")
                            && screen.text("unlock-outcome").contains("does not open"));
            screen.retype("unlock-secret", PASSPHRASE);
            screen.click("unlock-submit");
            screen.await("the window is gone", () -> !screen.shows("unlock-secret"));
            screen.await("the item is there", () -> screen.rows().equals(List.of("From the phone")));
            awaitInStep(open);
        }
    }

    @Proof
    @Test
    void thePassphraseInTheSettingsCreatesALibrary() throws Exception {
        AppContext own = OpenWindow.withCheapPassphrases(place.resolve("profile"));
        try (OpenWindow open = OpenWindow.on(own, Theme.LIGHT)) {
            open.composition().set(Setting.SYNC_ENCRYPTION, "age");
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            Screen screen = open.screen();
            awaitState(open, State.NEEDS_ATTENTION);
            openSettings(open);
            screen.await("it is asked for", () -> screen.shows("settings-sync-passphrase"));
            screen.click("settings-sync-passphrase");
            screen.click("unlock-secret");
            screen.type(PASSPHRASE);
            screen.click("unlock-submit");
            screen.await("it is to be typed again", () -> screen.shows("unlock-again"));
            screen.click("unlock-again");
            screen.type("tide mark");
            screen.click("unlock-submit");
            assertThat(screen.text("unlock-outcome")).contains("passphrases differ");
            screen.retype("unlock-again", PASSPHRASE);
            screen.click("unlock-submit");
            screen.await("the recovery code is shown", () -> screen.shows("recovery-code"));
            awaitInStep(open);
            try (Stream<Path> keys = Files.list(shared.resolve("v1/keys"))) {
                assertThat(keys).hasSize(2);
            }
        }
    }

    @Proof
    @Test
    void aWipedFolderIsUploadedAgainAndTheOtherDeviceConnects() throws Exception {
        try (AppContext other = otherDevice();
                OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            Items mine = new Items(open.composition().database());
            mine.add(NewItem.todo("Mine"));
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            awaitInStep(open);
            other.sync().syncNow().get();
            Screen screen = open.screen();
            openSettings(open);
            wipe();
            open.window().sync().syncNow();
            screen.await("it can be published again", () -> screen.shows("settings-sync-publish"));
            assertThat(screen.text("settings-sync-standing")).contains("is empty");
            screen.click("settings-sync-publish");
            awaitInStep(open);
            screen.await("nothing is wrong any more", () -> !screen.shows("settings-sync-publish"));

            other.sync()
                    .run((library, options) ->
                            library.connect(dev.tidemark.engine.remote.RemoteLibrary.JoinMode.MERGE, options))
                    .get();
            other.sync()
                    .run((library, options) -> library.startNewEpoch(options))
                    .get();
            mine.add(NewItem.todo("Later"));
            screen.await("it can be connected to", () -> screen.shows("settings-sync-connect"));
            screen.click("settings-sync-connect");
            awaitInStep(open);
            other.sync().syncNow().get();
            assertThat(other.database().dump())
                    .isEqualTo(open.composition().database().dump())
                    .contains("Later");
        }
    }

    @Proof
    @Test
    void aMassDeleteOfAnotherDeviceIsUndone() throws Exception {
        try (AppContext other = otherDevice();
                OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            Items mine = new Items(open.composition().database());
            List<UUID> all = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                all.add(mine.add(NewItem.todo("Item " + number)));
            }
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            awaitInStep(open);
            other.sync().syncNow().get();
            other.database().write(tx -> {
                for (UUID id : all) {
                    tx.execute("DELETE FROM item WHERE id = ?", id);
                }
                return all.size();
            });
            other.sync().syncNow().get();
            Screen screen = open.screen();
            openSettings(open);
            screen.await("the deletion is announced", () -> screen.shows("settings-sync-undo"));
            assertThat(screen.text("settings-sync-standing")).startsWith("Phone deleted 60 items.");
            screen.click("settings-sync-undo");
            screen.await(
                    "everything is back",
                    () -> open.composition()
                                    .database()
                                    .list(dev.tidemark.app.model.ItemQueries.rows(new ItemSource.Inbox(), false))
                                    .size()
                            == 60);
            screen.await("nothing is wrong any more", () -> !screen.shows("settings-sync-undo"));
        }
    }

    @Proof
    @Test
    void aDeviceWithADamagedFileIsRetiredAfterConfirmation() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            try (AppContext other = otherDevice()) {
                new Items(other.database()).add(NewItem.todo("Only on the phone"));
                other.sync().syncNow().get();
                damage(shared.resolve("v1/log/" + other.database().replica()));
            }
            new Items(open.composition().database()).add(NewItem.todo("Mine"));
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            Screen screen = open.screen();
            aDayPasses(open);
            awaitState(open, State.NEEDS_ATTENTION);
            screen.click("sync-state");
            screen.await("it can be retired", () -> screen.shows("sync-panel-retire"));
            assertThat(screen.text("sync-panel-retire")).isEqualTo("Retire Phone");
            screen.click("sync-panel-retire");
            screen.await("it is asked whether that is meant", () -> screen.shows("sync-panel-retire-sure"));
            screen.click("sync-panel-retire-sure");
            awaitInStep(open);
            assertThat(screen.rows()).containsExactly("Mine");
        }
    }

    /** Nothing there is bad: the first of two files of a device that is gone has gone, too. */
    @Proof
    @Test
    void aDeviceWithALostFileIsNamedAndRetired() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            String log;
            try (AppContext other = otherDevice()) {
                new Items(other.database()).add(NewItem.todo("Lost"));
                other.sync().syncNow().get();
                log = "v1/log/" + other.database().replica();
                try (Stream<Path> files = Files.list(shared.resolve(log))) {
                    Path first = files.findFirst().orElseThrow();
                    new Items(other.database()).add(NewItem.todo("After it"));
                    other.sync().syncNow().get();
                    Files.delete(first);
                }
            }
            new Items(open.composition().database()).add(NewItem.todo("Mine"));
            open.composition().set(Setting.SYNC_FOLDER, shared.toString());
            Screen screen = open.screen();
            aDayPasses(open);
            awaitState(open, State.NEEDS_ATTENTION);
            openSettings(open);
            screen.await("it can be retired", () -> screen.shows("settings-sync-retire"));
            assertThat(screen.text("settings-sync-standing"))
                    .contains("wait for others that are in no file")
                    .contains("The missing changes come from Phone");
            assertThat(screen.text("settings-sync-retire")).isEqualTo("Retire Phone");
            screen.click("settings-sync-retire");
            screen.await("it is asked whether that is meant", () -> screen.shows("settings-sync-retire-sure"));
            screen.click("settings-sync-retire-sure");
            awaitInStep(open);
            screen.await("nothing is wrong any more", () -> !screen.shows("settings-sync-retire"));
            assertThat(screen.rows()).containsExactly("Mine");
        }
    }

    /** Since changes were found to lack, which does not make a device retirable before. */
    private void aDayPasses(OpenWindow open) {
        open.screen().await("changes lack", () -> {
            try {
                return NoticedEarlier.byADay(place.resolve("profile"));
            } catch (IOException | SQLException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(open.screen().shows("sync-panel-retire")).isFalse();
        open.window().sync().syncNow();
    }

    private static void damage(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            }
        }
    }

    @Proof
    @Test
    void theRegionNamedByTheServerIsAppliedWithOneClick() throws Exception {
        try (RegionalServer server = new RegionalServer("eu-west-9");
                OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            Screen screen = open.screen();
            openSettings(open);
            screen.click("settings-sync-target-s3");
            screen.await("a bucket is asked for", () -> screen.shows("settings-s3-address"));
            onSettings(open, scene -> {
                field(scene, "settings-s3-address")
                        .setText("s3://notes?endpoint=" + server.endpoint() + "&region=eu-central-1");
                field(scene, "settings-s3-access-key").setText("ANN");
                field(scene, "settings-s3-secret-key").setText("hush");
            });
            fire(open, "settings-sync-test");
            screen.await("the right region is offered", () -> screen.shows("settings-sync-region"));
            assertThat(screen.text("settings-sync-region")).isEqualTo("Use region eu-west-9");
            assertThat(screen.text("settings-s3-region-hint")).isEqualTo("The test failed here.");
            fire(open, "settings-sync-region");
            screen.await(
                    "the test is over",
                    () -> !screen.text("settings-sync-outcome").startsWith("Testing"));
            assertThat(screen.text("settings-sync-outcome")).startsWith("The connection works");
            assertThat(screen.text("settings-s3-region")).isEqualTo("eu-west-9");
            assertThat(screen.text("settings-s3-address")).endsWith("region=eu-west-9");
            fire(open, "settings-sync-save");
            screen.await(
                    "it is saved",
                    () -> open.composition()
                            .settings()
                            .read()
                            .syncBucket()
                            .map(bucket -> "eu-west-9".equals(bucket.region()))
                            .orElse(false));
        }
    }

    private static TextField field(Scene scene, String id) {
        return (TextField) scene.lookup("#" + id);
    }

    private static void onSettings(OpenWindow open, Consumer<Scene> work) {
        Screen.onScreen(() -> {
            work.accept(open.window().others().openedSettings().stage().getScene());
            return true;
        });
    }

    /** Also where it would have to be scrolled to. */
    private static void fire(OpenWindow open, String id) {
        onSettings(open, scene -> ((ButtonBase) scene.lookup("#" + id)).fire());
    }
}
