package dev.tidemark.app.main;

import dev.tidemark.app.fx.Look;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

class ScreenshotTest {
    @Test
    void shows(@TempDir Path folder) throws Exception {
        FxToolkit.registerPrimaryStage();
        ProfileFolders folders = ProfileFolders.below(folder);
        try (Composition composition = Composition.of(folders)) {
            UUID open = SampleLibrary.fill(composition.database(), LocalDate.now(java.time.ZoneId.systemDefault()));
            for (Theme theme : new Theme[] {Theme.LIGHT, Theme.DARK}) {
                for (int[] size : new int[][] {{1000, 700}, {1600, 1000}, {800, 700}, {540, 700}}) {
                    MainWindow window = FxToolkit.setupFixture(() -> {
                        Look look = new Look();
                        look.use(theme);
                        MainWindow made = new MainWindow(composition, look, new Stage());
                        made.show();
                        return made;
                    });
                    Snapshots.waitFor(() -> !window.model().list().rows().isEmpty());
                    FxToolkit.setupFixture(() -> {
                        window.model().list().selectedProperty().set(open);
                        return null;
                    });
                    Snapshots.settle();
                    Path file = Path.of("target/screenshots/main_"
                            + theme.name().toLowerCase(java.util.Locale.ROOT) + "_" + size[0] + ".png");
                    Files.createDirectories(file.getParent());
                    Snapshots.take(window.stage(), size[0], size[1], file);
                    FxToolkit.setupFixture(() -> {
                        window.stage().hide();
                        return null;
                    });
                }
            }
        }
    }
}
