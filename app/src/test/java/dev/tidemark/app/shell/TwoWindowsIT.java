package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.WindowProcess;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices: two real processes with two profiles and a common folder. */
@Proof
class TwoWindowsIT {
    @TempDir
    Path place;

    private Path folder;
    private Path laptop;
    private Path desk;

    @BeforeEach
    void setUpTwoDevices() throws IOException {
        folder = Files.createDirectory(place.resolve("folder"));
        laptop = profile("Laptop");
        desk = profile("Desk");
    }

    private Path profile(String name) throws IOException {
        Path profile = Files.createDirectory(place.resolve(name));
        set(profile, Setting.DEVICE_NAME, name);
        set(profile, Setting.SYNC_FOLDER, folder.toString());
        return profile;
    }

    private static void set(Path profile, Setting<?> key, String value) {
        new SettingsFile(ProfileFolders.below(profile).settings()).set(key, value);
    }

    private WindowProcess open(Path profile) throws IOException {
        return new WindowProcess(profile, place.resolve(profile.getFileName() + ".err"));
    }

    private static void add(WindowProcess window, String title) {
        window.ask("click", "quick-add");
        window.ask("type", title);
        window.ask("press", "ENTER");
    }

    private static void retitle(WindowProcess window, String before, String after) {
        window.ask("select", before);
        window.await("the item is open", () -> window.text("detail-title").equals(before));
        window.ask("retype", "detail-title", after);
        window.await("the row has the new title", () -> window.rows().equals(List.of(after)));
    }

    @Test
    void whatIsTypedInOneAppearsInTheOtherWithoutAClick() throws IOException {
        try (WindowProcess one = open(laptop);
                WindowProcess other = open(desk)) {
            add(one, "Buy milk");
            other.await("the item has arrived", () -> other.rows().equals(List.of("Buy milk")));
            add(other, "Call Ada");
            one.await("the answer has arrived", () -> one.rows().equals(List.of("Call Ada", "Buy milk")));
            one.ask("select", "Buy milk");
            one.await("the item is open", () -> one.text("detail-title").equals("Buy milk"));
            one.ask("retype", "detail-title", "Buy oat milk");
            other.await("the edit has arrived", () -> other.rows().equals(List.of("Call Ada", "Buy oat milk")));
        }
    }

    @Test
    void bothShowTheSameWinnerAndAConflictAfterEditingApart() throws IOException {
        try (WindowProcess one = open(laptop);
                WindowProcess other = open(desk)) {
            add(one, "Plan");
            other.await("the item has arrived", () -> other.rows().equals(List.of("Plan")));

            set(laptop, Setting.SYNC_TARGET, "off");
            set(desk, Setting.SYNC_TARGET, "off");
            one.await("sync is off", () -> one.text("sync-state").equals("Sync is off"));
            other.await("sync is off", () -> other.text("sync-state").equals("Sync is off"));
            retitle(one, "Plan", "Plan from Laptop");
            retitle(other, "Plan", "Plan from Desk");
            set(laptop, Setting.SYNC_TARGET, "folder");
            set(desk, Setting.SYNC_TARGET, "folder");

            one.await("the later edit has won", () -> one.rows().equals(List.of("Plan from Desk")));
            assertThat(other.rows()).containsExactly("Plan from Desk");
            for (WindowProcess window : List.of(one, other)) {
                window.await("the row says so", () -> window.hasConflict("Plan from Desk"));
                window.await("the conflict is counted", () -> window.shows("view-conflicts"));
                window.await(
                        "it says what lost", () -> window.text("conflict-value").equals("Plan from Laptop"));
            }

            one.ask("click", "conflict-use");
            other.await("what lost holds again", () -> other.rows().equals(List.of("Plan from Laptop")));
            other.await("the conflict is over", () -> !other.shows("conflict-value"));
        }
    }

    @Test
    void aSecondStartOnTheSameProfileEndsAtOnceAndLeavesTheFirst() throws Exception {
        try (WindowProcess one = open(laptop)) {
            List<String> command = new java.util.ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dglass.platform=Headless",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "dev.tidemark.app.launcher.Main",
                    "--profile",
                    laptop.toString()));
            Process second = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("second.out").toFile())
                    .start();
            assertThat(second.waitFor()).isZero();
            assertThat(one.shows("quick-add")).isTrue();
            one.close();
            assertThat(one.exitCode()).isZero();
        }
    }
}
