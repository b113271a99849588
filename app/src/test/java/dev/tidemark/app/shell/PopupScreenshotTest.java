package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Takes screenshots of popups, menus and cards. Fails on a cut text or a control without a name. */
@Proof
@ExtendWith(KeptLanguage.class)
class PopupScreenshotTest {
    private static final int[][] SIZES = {{1000, 700}, {1600, 1000}};

    @TempDir
    Path place;

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK", "GERMAN", "LARGEST"})
    void ofAnItem(ScreenshotVariant appearance) throws Exception {
        try (OpenWindow window = opened(appearance)) {
            Screen screen = window.screen();
            for (String popup : new String[] {"due", "repeat", "reminder", "priority", "list"}) {
                screen.click("detail-" + popup);
                if (popup.equals("repeat")) {
                    screen.click("repeat-unit-months");
                }
                screen.moveAway();
                take(popup, appearance);
                screen.press(KeyCode.ESCAPE);
            }
            screen.click("detail-preview-toggle");
            screen.await("the preview is there", () -> screen.shows("detail-preview"));
            takeWindow(window, "preview", appearance);
            new Items(window.composition().database())
                    .add(NewItem.todo("Call the dentist about the appointment of next week")
                            .withReminder(
                                    LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(3)));
            screen.await("a reminder has come", () -> screen.shows("reminder-dismiss"));
            screen.moveAway();
            takeWindow(window, "reminders", appearance);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK", "GERMAN", "LARGEST"})
    void ofTheSidebarAndTheList(ScreenshotVariant appearance) throws Exception {
        try (OpenWindow window = opened(appearance)) {
            Screen screen = window.screen();
            closeItem(window);
            screen.click("arrange");
            take("arrange", appearance);
            screen.press(KeyCode.ESCAPE);
            UUID work = window.composition()
                    .database()
                    .read(reader -> Lists.find(reader, "Work"))
                    .orElseThrow();
            screen.rightClick("list-" + work);
            take("list-menu", appearance);
            screen.click("menu-look");
            take("look", appearance);
            screen.press(KeyCode.ESCAPE);
            screen.rightClickRow("Call the dentist");
            take("row", appearance);
            screen.click("row-move");
            screen.await("the lists are there", () -> screen.shows("row-move-" + work));
            take("row-move", appearance);
            screen.moveAway();
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.ESCAPE);
            closeItem(window);
            screen.rightClickRow("Call the dentist");
            screen.click("row-priority");
            screen.await("the priorities are there", () -> screen.shows("row-priority-high"));
            take("row-priority", appearance);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK", "GERMAN", "LARGEST"})
    void ofTheKeyboard(ScreenshotVariant appearance) throws Exception {
        try (OpenWindow window = opened(appearance)) {
            Screen screen = window.screen();
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.await("the palette is there", () -> screen.shows("palette"));
            takeWindow(window, "palette", appearance);
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            screen.await("the sheet is there", () -> screen.shows("shortcuts"));
            takeWindow(window, "shortcuts", appearance);
        }
    }

    private OpenWindow opened(ScreenshotVariant appearance) throws Exception {
        OpenWindow window = appearance.open(place.resolve("profile"));
        UUID item = SampleLibrary.fill(window.composition().database(), LocalDate.now(ZoneId.systemDefault()));
        FxToolkit.setupFixture(() -> {
            window.window().model().list().show(new ItemSource.All());
            window.window().model().list().selectedProperty().set(item);
            return true;
        });
        Screen screen = window.screen();
        screen.await("the item is open", () -> screen.shows("detail-due") && screen.shows("attachment-open"));
        screen.await("the rows are there", () -> screen.rows().contains("Call the dentist"));
        return window;
    }

    /** Where the text is large, it covers the list. */
    private static void closeItem(OpenWindow window) throws Exception {
        FxToolkit.setupFixture(() -> {
            window.window().model().list().selectedProperty().set(null);
            return true;
        });
    }

    private static void take(String popup, ScreenshotVariant appearance) throws Exception {
        assertThat(Snapshots.takePopup("popups/" + popup + "_" + appearance)).isEmpty();
    }

    private static void takeWindow(OpenWindow window, String page, ScreenshotVariant appearance) throws Exception {
        for (int[] size : SIZES) {
            String name = "popups/" + page + "_" + appearance + "_" + size[0];
            assertThat(Snapshots.take(window.window().stage(), size[0], size[1], name))
                    .isEmpty();
        }
    }
}
