package dev.tidemark.app.shell;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** A window on items as a person would have them, synced through a folder, to take pictures of. */
@ExtendWith(KeptLanguage.class)
abstract class ScreenshotFixture {
    static final int[][] SIZES = {{1000, 700}, {1600, 1000}};

    @TempDir
    Path place;

    @BeforeEach
    void emptyTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    OpenWindow open(Theme theme) throws Exception {
        OpenWindow window = OpenWindow.on(place.resolve("profile"), theme);
        window.composition().set(Setting.DEVICE_NAME, "Laptop");
        return window;
    }

    UUID fill(OpenWindow window) throws Exception {
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        UUID open = SampleLibrary.fill(window.composition().database(), today);
        Path folder = folder();
        window.composition().set(Setting.SYNC_FOLDER, folder.toString());
        FxToolkit.setupFixture(() -> {
            window.window().model().list().show(new ItemSource.All());
            return true;
        });
        Screen screen = window.screen();
        screen.await("the rows are there", () -> screen.rows().size() > 10);
        select(window, open);
        screen.await("the item is open", () -> screen.shows("detail-title"));
        screen.await(
                "who changed it is there", () -> !screen.text("detail-changed").isEmpty());
        screen.await(
                "it is synced",
                () -> window.window().sync().stateProperty().get().lastSuccess() != null
                        && window.window().sync().stateProperty().get().pending() == 0
                        && !window.window().sync().stateProperty().get().running());
        return open;
    }

    /** In the home folder that tests have to themselves, so that the pictures show no path of this machine. */
    static Path folder() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("user.home"), "Syncthing").toAbsolutePath());
    }

    static void select(OpenWindow window, UUID item) throws Exception {
        FxToolkit.setupFixture(() -> {
            window.window().model().list().selectedProperty().set(item);
            return true;
        });
    }

    static String name(String page, Theme theme, int width) {
        return page + "_" + theme.name().toLowerCase(Locale.ROOT) + "_" + width;
    }
}
