package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.settings.Contrast;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import dev.tidemark.resources.Stylesheets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text sizes and contrast in the real window: even the largest size cuts nothing. */
class TextSizeAndContrastTest {
    @TempDir
    private Path profile;

    @AfterEach
    void beOfTheUsualSize() {
        Screen.onScreen(() -> {
            new dev.tidemark.app.fx.ThemeManager().applySettings(dev.tidemark.app.settings.Settings.DEFAULT);
            return true;
        });
    }

    private static double rowHeight() {
        return Screen.onScreen(() -> Screen.visible(node -> node.getStyleClass().contains("item-row"))
                .getFirst()
                .getLayoutBounds()
                .getHeight());
    }

    @Proof
    @Test
    void keysAndSettingsChangeTheSizeOfEverythingAndItStays() throws Exception {
        SampleLibrary.fill(profile);
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.await("the rows are there", () -> !screen.rows().isEmpty());
            double usual = rowHeight();
            screen.press(KeyCode.CONTROL, KeyCode.PLUS);
            screen.await("it is larger", () -> rowHeight() > usual * 1.15);
            screen.press(KeyCode.CONTROL, KeyCode.ADD);
            screen.await("it is largest", () -> rowHeight() > usual * 1.35);
            assertThat(open.composition().settings().read().get(Setting.TEXT_SIZE))
                    .isEqualTo(TextSize.LARGEST);
            screen.press(KeyCode.CONTROL, KeyCode.SUBTRACT);
            screen.await("it is smaller", () -> rowHeight() < usual * 1.25);
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT0);
            screen.await("it is as usual", () -> rowHeight() == usual);
            screen.click("open-settings");
            screen.click("settings-general");
            screen.click("settings-contrast-high");
            screen.await(
                    "the tokens are others",
                    () -> open.window().stage().getScene().getStylesheets().contains(Stylesheets.LIGHT_HIGH));
            screen.click("settings-size-large");
            screen.await("it is large", () -> rowHeight() > usual * 1.15);
            double large = rowHeight();
            screen.click("settings-density-compact");
            screen.await("rows are lower", () -> rowHeight() < large * 0.85);
        }
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void nothingIsCutAtTheLargestSizeOrWithHighContrast(Theme theme) throws Exception {
        String name = theme.name().toLowerCase(Locale.ROOT);
        List<String> problems = new ArrayList<>();
        SampleLibrary.fill(profile);
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            open.composition().set(Setting.TEXT_SIZE, "largest");
            open.composition().set(Setting.MOTION, "reduced");
            Screen screen = open.screen();
            // In a window this narrow the detail slides in, and half way it sticks out.
            screen.await("nothing moves", UiScale::isMotionReduced);
            Stage stage = open.window().stage();
            screen.await("it is large", () -> !screen.rows().isEmpty() && rowHeight() > 50);
            screen.select("Plan the birthday dinner");
            screen.await("it is shown", () -> screen.shows("detail-title"));
            take(stage, "large-main_" + name, problems);
            screen.click("view-today");
            screen.await("the week is there", () -> screen.shows("week"));
            take(stage, "large-today_" + name, problems);
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("s");
            take(stage, "large-palette_" + name, problems);
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            take(stage, "large-shortcuts_" + name, problems);
            screen.press(KeyCode.ESCAPE);
            screen.click("open-settings");
            for (String page : List.of("general", "sync", "about")) {
                screen.click("settings-" + page);
                Stage settings = Objects.requireNonNull(open.window().others().openedSettings())
                        .stage();
                take(settings, "large-settings-" + page + "_" + name, problems);
            }
            open.composition().set(Setting.TEXT_SIZE, "normal");
            open.composition().set(Setting.CONTRAST, Contrast.HIGH.name().toLowerCase(Locale.ROOT));
            screen.await(
                    "contrast is high",
                    () -> stage.getScene().getStylesheets().getFirst().contains("high"));
            screen.await("it is small again", () -> rowHeight() < 50);
            take(stage, "contrast-main_" + name, problems);
            open.composition().set(Setting.LIST_DENSITY, "compact");
            screen.await("rows are lower", () -> rowHeight() < 35);
            take(stage, "compact-main_" + name, problems);
        }
        assertThat(problems).isEmpty();
    }

    private static void take(Stage stage, String name, List<String> problems) throws Exception {
        for (int width : new int[] {1000, 1600}) {
            Snapshots.take(stage, width, width == 1000 ? 700 : 1000, name + "_" + width)
                    .forEach(problem -> problems.add(name + "_" + width + ": " + problem));
        }
    }
}
