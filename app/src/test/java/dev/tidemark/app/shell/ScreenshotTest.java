package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Makes the pictures for the README, and fails where one shows a text that is cut or a control without a name. */
@Proof
class ScreenshotTest extends ScreenshotFixture {
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void mainWindow(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("main", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void quickAdd(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.click("quick-add");
            screen.type("call mum tomorrow 5pm #family !high /Garden every week");
            screen.await("chips show what was understood", () -> screen.shows("understood-repeat"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("quick-add", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void searchAndUpcoming(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(
                                window.window().stage(), size[0], size[1], name("search-empty", theme, size[0])))
                        .isEmpty();
            }
            screen.type("the is:open");
            screen.await("something is found", () -> !screen.rows().contains("Compare rail passes"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("search", theme, size[0])))
                        .isEmpty();
            }
            screen.click("search-close");
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT3);
            screen.await("days are shown", () -> screen.text("view-title").equals("Upcoming"));
            screen.await("the days have their items", () -> screen.rows().contains("Call the dentist"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("upcoming", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void paletteAndShortcuts(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            fill(window);
            Screen screen = window.screen();
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("b");
            screen.await(
                    "something is found", () -> screen.texts("palette-list").contains("Inbox"));
            screen.moveAway();
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("palette", theme, size[0])))
                        .isEmpty();
            }
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            screen.await("the sheet is there", () -> screen.shows("shortcuts"));
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("shortcuts", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aConflict(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            UUID item = fill(window);
            editApart(window, item);
            Screen screen = window.screen();
            screen.await("the conflict is there", () -> screen.shows("conflict-use"));
            screen.await(
                    "it is synced",
                    () -> window.window().sync().stateProperty().get().pending() == 0);
            for (int[] size : SIZES) {
                assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name("conflict", theme, size[0])))
                        .isEmpty();
            }
        }
    }

    /** Another device edits the item without having seen what this one does next. */
    private void editApart(OpenWindow window, UUID item) throws Exception {
        try (AppContext other = AppContext.of(ProfileFolders.below(place.resolve("other")))) {
            other.set(Setting.DEVICE_NAME, "Phone");
            other.set(Setting.SYNC_FOLDER, folder().toString());
            other.sync().syncNow().get();
            other.set(Setting.SYNC_TARGET, "off");
            new Items(other.database()).setTitle(item, "Plan the birthday dinner at Rosa's");
            new Items(window.composition().database()).setTitle(item, "Plan Rosa's birthday dinner");
            other.set(Setting.SYNC_TARGET, "folder");
            other.sync().syncNow().get();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void narrowWindows(Theme theme) throws Exception {
        try (OpenWindow window = open(theme)) {
            UUID item = fill(window);
            for (int width : List.of(800, 540)) {
                select(window, null);
                assertThat(Snapshots.take(window.window().stage(), width, 700, name("narrow-list", theme, width)))
                        .isEmpty();
                select(window, item);
                window.screen().await("the item is open", () -> window.screen().shows("detail-title"));
                assertThat(Snapshots.take(window.window().stage(), width, 700, name("narrow-detail", theme, width)))
                        .isEmpty();
            }
        }
    }

    @Test
    void aCutLabelAndAControlWithoutANameAreNoticed() throws Exception {
        try (OpenWindow window = open(Theme.LIGHT)) {
            FxToolkit.setupFixture(() -> {
                Label cut = new Label("This label has no room for its words");
                cut.setId("planted");
                cut.setMaxWidth(60);
                Button unnamed = new Button();
                unnamed.setId("unnamed");
                ((MainView) window.window().stage().getScene().getRoot())
                        .getChildren()
                        .addAll(cut, unnamed);
                return true;
            });
            assertThat(Snapshots.take(window.window().stage(), 1000, 700, "planted"))
                    .anyMatch(problem -> problem.contains("is cut to") && problem.contains("#planted"))
                    .anyMatch(problem -> problem.contains("no name") && problem.contains("#unnamed"));
            Files.delete(Snapshots.FOLDER.resolve("planted.png"));
        }
    }
}
