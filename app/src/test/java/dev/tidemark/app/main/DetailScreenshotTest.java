package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Pictures of what the detail pane opens, and of reminders; fails where one shows a text that is cut or an unnamed control. */
class DetailScreenshotTest {
    @TempDir
    Path place;

    private final Locale before = Locale.getDefault();

    @AfterEach
    void setLanguageBack() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void whatAnItemOpens(Theme theme) throws Exception {
        takeAll(theme, theme.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void inGerman() throws Exception {
        Locale.setDefault(Locale.GERMAN);
        takeAll(Theme.LIGHT, "german");
    }

    private void takeAll(Theme theme, String name) throws Exception {
        try (OpenWindow window = OpenWindow.on(place.resolve("profile"), theme)) {
            UUID item = SampleLibrary.fill(window.composition().database(), LocalDate.now(ZoneId.systemDefault()));
            FxToolkit.setupFixture(() -> {
                window.window().model().list().show(new ItemView.All());
                window.window().model().list().selectedProperty().set(item);
                return true;
            });
            Screen screen = window.screen();
            screen.await("the item is open", () -> screen.shows("detail-due") && screen.shows("attachment-open"));
            for (String popup : List.of("due", "repeat", "reminder", "priority")) {
                screen.click("detail-" + popup);
                if (popup.equals("repeat")) {
                    screen.click("repeat-unit-months");
                }
                screen.moveAway();
                assertThat(Snapshots.takePopup("popups/" + popup + "_" + name)).isEmpty();
                screen.press(KeyCode.ESCAPE);
            }
            new Items(window.composition().database())
                    .add(NewItem.todo("Call the dentist about the appointment of next week")
                            .remindingAt(
                                    LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(3)));
            screen.await("a reminder has come", () -> screen.shows("reminder-dismiss"));
            screen.moveAway();
            for (int[] size : new int[][] {{1000, 700}, {1600, 1000}}) {
                assertThat(Snapshots.take(
                                window.window().stage(), size[0], size[1], "popups/reminders_" + name + "_" + size[0]))
                        .isEmpty();
            }
        }
    }
}
